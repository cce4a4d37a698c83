package io.orquestrax.server.peer;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.cluster.v1.Frame;
import io.orquestrax.protocol.cluster.v1.Greeting;
import io.orquestrax.protocol.cluster.v1.Item;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.stream.Lane;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that another node opened, with what it asks and tells and this node's answers. Whatever comes and goes passes
 * its lane.
 */
final class IncomingLink implements StreamObserver<Frame> {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingLink.class);
    private static final Status STOPS = Status.UNAVAILABLE.withDescription("the other node stops");

    private final PeerEndpoint endpoint;
    private final ServerCallStreamObserver<Frame> call;
    private final FrameQueue queue;
    private final Lane lane;
    private @Nullable String node;
    private boolean isOver;

    IncomingLink(PeerEndpoint endpoint, ServerCallStreamObserver<Frame> call, LinkLimits limits, Lane lane) {
        this.endpoint = endpoint;
        this.call = call;
        this.queue = new FrameQueue(limits);
        this.lane = lane;
    }

    void open() {
        call.disableAutoRequest();
        call.setOnReadyHandler(() -> lane.run(this::flush));
        call.setOnCancelHandler(() -> lane.run(this::end));
        call.request(LinkLimits.WINDOW);
    }

    @Override
    public void onNext(Frame frame) {
        lane.run(() -> receive(frame));
    }

    @Override
    public void onError(Throwable broken) {
        lane.run(this::end);
    }

    @Override
    public void onCompleted() {
        lane.run(() -> fail(Status.CANCELLED.withDescription("the link was closed")));
    }

    /** Waits until what came before is handled, and lets nothing more be. */
    void replaced() {
        synchronized (this) {
            end();
        }
        lane.run(() -> call.onError(
                Status.ABORTED.withDescription("another link took its place").asRuntimeException()));
    }

    /** The node stops. */
    void close() {
        lane.run(() -> fail(STOPS));
    }

    private synchronized void receive(Frame frame) {
        for (Item item : frame.getItemsList()) {
            if (isOver) {
                return;
            }
            handle(item);
        }
        if (!isOver) {
            call.request(1);
        }
    }

    private void handle(Item item) {
        String greeted = node;
        if (item.getContentCase() == Item.ContentCase.GREETING) {
            greet(item.getGreeting());
        } else if (greeted == null) {
            fail(Status.FAILED_PRECONDITION.withDescription("Expected a greeting first"));
        } else {
            switch (item.getContentCase()) {
                case REQUEST -> {
                    var _ = endpoint.handlers()
                            .answer(greeted, item.getRequest())
                            .thenAccept(response -> answer(item.getCall(), response));
                }
                case NOTICE -> endpoint.handlers().hear(greeted, item.getNotice());
                case GREETING, RESPONSE, CONTENT_NOT_SET ->
                    LOG.debug("Node {} sent {}, which does not belong here", greeted, item.getContentCase());
            }
        }
    }

    private void greet(Greeting other) {
        Optional<String> objection = Greetings.objection(endpoint.greeting(), other);
        if (objection.isPresent()) {
            LOG.debug("Refused a link. {}", objection.get());
            fail(Status.FAILED_PRECONDITION.withDescription(objection.get()));
            return;
        }
        node = other.getNodeId();
        endpoint.opened(other.getNodeId(), this);
        if (endpoint.isClosed()) {
            fail(STOPS);
            return;
        }
        call.onNext(Greetings.frame(endpoint.greeting()));
    }

    /** From any thread. */
    private void answer(long number, Response response) {
        FrameQueue.Outcome outcome = queue.offer(
                Item.newBuilder().setCall(number).setResponse(response).build());
        switch (outcome) {
            case FIRST -> lane.run(this::flush);
            case QUEUED -> {}
            case FULL ->
                lane.run(() -> fail(Status.RESOURCE_EXHAUSTED.withDescription("too many answers waited to be taken")));
        }
    }

    private synchronized void flush() {
        while (!isOver && node != null && call.isReady()) {
            Frame next = queue.next();
            if (next == null) {
                return;
            }
            call.onNext(next);
        }
    }

    private synchronized void fail(Status status) {
        if (!isOver) {
            call.onError(status.asRuntimeException());
        }
        end();
    }

    private synchronized void end() {
        if (isOver) {
            return;
        }
        isOver = true;
        String greeted = node;
        if (greeted != null) {
            endpoint.ended(greeted, this);
        }
    }
}
