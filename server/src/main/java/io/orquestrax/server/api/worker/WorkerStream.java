package io.orquestrax.server.api.worker;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.v1.Addresses;
import io.orquestrax.protocol.v1.Heartbeat;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.ServerMessage;
import io.orquestrax.protocol.v1.Welcome;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.server.api.grpc.GrpcProblems;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.job.JobKeys;
import io.orquestrax.server.job.WorkerSession;
import io.orquestrax.server.job.WorkerSink;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.stream.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open stream of a worker. Whatever comes and whatever goes passes its lane, so that one thread at a time is here. */
final class WorkerStream implements StreamObserver<WorkerMessage>, WorkerSink {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerStream.class);

    /** Messages that may be on their way here before the first of them is handled. */
    private static final int WINDOW = 8;

    private final Dispatcher dispatcher;
    private final String nodeId;
    private final String serverVersion;
    private final OpenStreams streams;
    private final ServerCallStreamObserver<ServerMessage> call;
    private final Lane lane;
    private final ServiceRequestContext context = ServiceRequestContext.current();
    private final Outgoing outgoing = new Outgoing();
    private @Nullable WorkerSession session;
    private boolean over;

    WorkerStream(
            Dispatcher dispatcher,
            String nodeId,
            String serverVersion,
            OpenStreams streams,
            ServerCallStreamObserver<ServerMessage> call,
            Lane lane) {
        this.dispatcher = dispatcher;
        this.nodeId = nodeId;
        this.serverVersion = serverVersion;
        this.streams = streams;
        this.call = call;
        this.lane = lane;
    }

    void open() {
        call.disableAutoRequest();
        call.setOnReadyHandler(() -> lane.run(this::flush));
        call.setOnCancelHandler(() -> lane.run(this::end));
        call.request(WINDOW);
    }

    @Override
    public void onNext(WorkerMessage message) {
        lane.run(() -> receive(message));
    }

    @Override
    public void onError(Throwable broken) {
        lane.run(this::end);
    }

    @Override
    public void onCompleted() {
        lane.run(() -> {
            if (!over) {
                flush();
                call.onCompleted();
            }
            end();
        });
    }

    @Override
    public void assign(List<JobAssignment> jobs) {
        flushIf(outgoing.assign(jobs));
    }

    @Override
    public void acknowledge(JobId job, boolean counted) {
        flushIf(outgoing.acknowledge(job, counted));
    }

    @Override
    public void cancel(List<JobId> jobs) {
        flushIf(outgoing.cancel(jobs));
    }

    @Override
    public void replaced() {
        lane.run(() -> fail(Status.ABORTED.withDescription(
                "Expected one stream of this worker, but another one with the same worker id took its place")));
    }

    /**
     * Tells the worker which nodes there are.
     *
     * @param isLeaving whether it is to go there now
     */
    void goOn(List<String> addresses, boolean isLeaving) {
        lane.run(() -> {
            if (!over && session != null) {
                call.onNext(ServerMessage.newBuilder()
                        .setAddresses(Addresses.newBuilder()
                                .addAllAddresses(addresses)
                                .setLeaving(isLeaving))
                        .build());
            }
        });
    }

    private void receive(WorkerMessage message) {
        if (over) {
            return;
        }
        try {
            handle(message);
            call.request(1);
        } catch (ServiceException refused) {
            fail(refused);
        } catch (RuntimeException broken) {
            LOG.error("A message of a worker could not be handled", broken);
            fail(broken);
        }
    }

    private void handle(WorkerMessage message) {
        if (message.getMessageCase() == WorkerMessage.MessageCase.HELLO) {
            greet(message.getHello());
            return;
        }
        WorkerSession open = session;
        if (open == null) {
            throw new ServiceException(
                    ErrorCode.INVALID_REQUEST,
                    "Expected hello as the first message, but got " + message.getMessageCase());
        }
        switch (message.getMessageCase()) {
            case RESULTS -> open.results(Results.read(message.getResults()));
            case HEARTBEATS -> message.getHeartbeats().getHeartbeatsList().forEach(each -> heartbeat(open, each));
            case DRAIN -> open.drain();
            case HAND_BACK ->
                open.handBack(JobKeys.readAll(message.getHandBack().getKeysList()));
            case HELLO, MESSAGE_NOT_SET -> LOG.debug("A message of a kind that this version does not know");
        }
    }

    private void greet(Hello hello) {
        if (session != null) {
            throw new ServiceException(ErrorCode.INVALID_REQUEST, "Expected one hello, but got a second one");
        }
        // Jobs may be assigned at once; they go out by the lane, and so after the welcome.
        WorkerSession opened = dispatcher.connect(HelloReader.read(hello), this);
        session = opened;
        call.onNext(ServerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setNodeId(nodeId)
                        .setServerVersion(serverVersion)
                        .addAllAddresses(streams.addresses())
                        .setGrace(Durations.message(dispatcher.grace()))
                        .addAllRefusedClaims(opened.refusedClaims().stream()
                                .map(JobKeys::write)
                                .toList()))
                .build());
        streams.opened(this);
    }

    private static void heartbeat(WorkerSession session, Heartbeat heartbeat) {
        JobKeys.read(heartbeat.getKey())
                .ifPresent(job -> session.heartbeat(
                        job, Results.progress(heartbeat.getProgress()).orElse(null)));
    }

    private void flushIf(boolean isFirst) {
        if (isFirst) {
            lane.run(this::flush);
        }
    }

    /** As much as the connection takes; it calls again when it takes more. */
    private void flush() {
        while (!over && session != null && call.isReady()) {
            ServerMessage next = outgoing.next();
            if (next == null) {
                return;
            }
            call.onNext(next);
        }
    }

    private void fail(Throwable problem) {
        Metadata trailers = new Metadata();
        Status status = new GrpcProblems().apply(context, Status.UNKNOWN, problem, trailers);
        if (!over) {
            call.onError(status.asRuntimeException(trailers));
        }
        end();
    }

    private void fail(Status status) {
        if (!over) {
            call.onError(status.asRuntimeException());
        }
        end();
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        streams.closed(this);
        if (session != null) {
            session.disconnected();
        }
    }
}
