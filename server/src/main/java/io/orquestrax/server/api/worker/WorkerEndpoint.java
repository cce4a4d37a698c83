package io.orquestrax.server.api.worker;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.v1.ServerMessage;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.protocol.v1.WorkerServiceGrpc;
import io.orquestrax.server.api.EndlessCall;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.stream.Lane;

/** The gRPC door for workers. Runs on the event loop: each stream hands over to a lane of its own. */
final class WorkerEndpoint extends WorkerServiceGrpc.WorkerServiceImplBase {
    private final Dispatcher dispatcher;
    private final String nodeId;
    private final String serverVersion;
    private final OpenStreams streams;

    WorkerEndpoint(Dispatcher dispatcher, String nodeId, String serverVersion, OpenStreams streams) {
        this.dispatcher = dispatcher;
        this.nodeId = nodeId;
        this.serverVersion = serverVersion;
        this.streams = streams;
    }

    @Override
    public StreamObserver<WorkerMessage> work(StreamObserver<ServerMessage> responses) {
        ServiceRequestContext context = ServiceRequestContext.current();
        // A stream lasts as long as its worker.
        EndlessCall.begin(context);
        context.setMaxRequestLength(0);
        WorkerStream stream = new WorkerStream(
                dispatcher,
                nodeId,
                serverVersion,
                streams,
                (ServerCallStreamObserver<ServerMessage>) responses,
                new Lane(context.blockingTaskExecutor()));
        stream.open();
        return stream;
    }
}
