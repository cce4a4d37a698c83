package io.orquestrax.server.api.worker;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.orquestrax.server.api.grpc.GrpcProblems;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.node.HttpDoor;
import io.orquestrax.server.node.NodeServices;
import java.time.Duration;

/** The workers' doors, on the node's one port. */
public final class WorkerDoor implements HttpDoor {
    /** Results come many in one message; the largest payload must fit with room to spare. */
    private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

    /** A worker whose machine vanished leaves a connection that nobody closes; without an answer to this one it ends. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);

    private final String nodeId;
    private final String serverVersion;
    private final OpenStreams streams;

    /** All of it is told to each worker when it connects. */
    public WorkerDoor(String nodeId, String serverVersion, RosterSource roster) {
        this.nodeId = nodeId;
        this.serverVersion = serverVersion;
        this.streams = new OpenStreams(roster);
    }

    /** The node is about to end: its workers go on at other nodes, if there are any. */
    public void leave() {
        streams.leave();
    }

    @Override
    public void open(ServerBuilder server, NodeServices services) {
        open(server, services.dispatcher());
    }

    void open(ServerBuilder server, Dispatcher dispatcher) {
        server.pingInterval(PING_INTERVAL);
        server.service(GrpcService.builder()
                .addService(new WorkerEndpoint(dispatcher, nodeId, serverVersion, streams))
                .exceptionHandler(new GrpcProblems())
                // Without JSON, whose marshallers take a good part of a node's start.
                .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                .maxRequestMessageLength(MAX_MESSAGE_BYTES)
                .build());
        new JobRoutes().addTo(server, dispatcher);
    }
}
