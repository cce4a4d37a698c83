package io.orquestrax.server.peer;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.cluster.v1.Frame;
import io.orquestrax.protocol.cluster.v1.Greeting;
import io.orquestrax.protocol.cluster.v1.Item;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.stream.Lane;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream to another node, with what this one asks and tells over it; ends for good when it breaks. Whatever comes
 * and goes passes its lane, so that one thread at a time is here.
 */
final class OutgoingLink implements ClientResponseObserver<Frame, Frame> {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingLink.class);

    private final String node;
    private final Greeting greeting;
    private final FrameQueue queue;
    private final Owner owner;
    private final Lane lane;
    private final Map<Long, CompletableFuture<Response>> unanswered = new ConcurrentHashMap<>();
    private final Object numbering = new Object();
    private long lastCall;
    private @Nullable ClientCallStreamObserver<Frame> call;
    private volatile boolean isGreeted;
    private volatile boolean isOver;

    /** Who is told of the link; called by one thread at a time. */
    interface Owner {
        void linked(OutgoingLink link);

        /** The link is of no use any more; also where it never came to be. */
        void ended(OutgoingLink link, String reason);
    }

    OutgoingLink(String node, Greeting greeting, LinkLimits limits, Owner owner, Executor executor) {
        this.node = node;
        this.greeting = greeting.toBuilder().setTo(node).build();
        this.queue = new FrameQueue(limits);
        this.owner = owner;
        this.lane = new Lane(executor);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Frame> requests) {
        call = requests;
        requests.disableAutoRequestWithInitial(LinkLimits.WINDOW);
        requests.setOnReadyHandler(() -> lane.run(this::flush));
    }

    /** Once the stream is begun. */
    void greet() {
        lane.run(() -> send(Greetings.frame(greeting)));
    }

    @Override
    public void onNext(Frame frame) {
        lane.run(() -> receive(frame));
    }

    @Override
    public void onError(Throwable broken) {
        Status status = Status.fromThrowable(broken);
        String description = status.getDescription();
        lane.run(() -> over(status.getCode() + (description == null ? "" : ": " + description)));
    }

    @Override
    public void onCompleted() {
        lane.run(() -> over("the other node closed it"));
    }

    /** From any thread; returns at once. */
    void close(String reason) {
        lane.run(() -> end(reason));
    }

    /** From any thread: ends it where the other node has not greeted back. */
    void expectGreeting() {
        lane.run(() -> {
            if (!isGreeted) {
                end("the other node did not greet back in time");
            }
        });
    }

    CompletableFuture<Response> call(Request request) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        long number;
        FrameQueue.Outcome outcome;
        synchronized (numbering) {
            number = lastCall + 1;
            unanswered.put(number, answer);
            outcome = queue.offer(
                    Item.newBuilder().setCall(number).setRequest(request).build());
            if (outcome != FrameQueue.Outcome.FULL) {
                lastCall = number;
            }
        }
        if (outcome == FrameQueue.Outcome.FULL) {
            unanswered.remove(number, answer);
            return CompletableFuture.failedFuture(new ServiceException(
                    ErrorCode.OVERLOADED,
                    "Expected node " + node + " to take what it is asked, but too much waits to be sent to it; try"
                            + " again later."));
        }
        flushIf(outcome);
        if (isOver) {
            failUnanswered();
        }
        return answer;
    }

    /** A node that does not take what it is told loses its link, and with it the right to have been told everything. */
    void tell(Notice notice) {
        FrameQueue.Outcome outcome =
                queue.offer(Item.newBuilder().setNotice(notice).build());
        if (outcome == FrameQueue.Outcome.FULL) {
            close("too much waited to be sent");
        }
        flushIf(outcome);
    }

    void tell(Notice notice, Notice substitute) {
        flushIf(queue.offer(
                Item.newBuilder().setNotice(notice).build(),
                Item.newBuilder().setNotice(substitute).build()));
    }

    private void flushIf(FrameQueue.Outcome outcome) {
        if (outcome == FrameQueue.Outcome.FIRST) {
            lane.run(this::flush);
        }
    }

    /** As much as the connection takes; it calls again when it takes more. */
    private void flush() {
        ClientCallStreamObserver<Frame> open = call;
        while (!isOver && isGreeted && open != null && open.isReady()) {
            Frame next = queue.next();
            if (next == null) {
                return;
            }
            send(next);
        }
    }

    private void send(Frame frame) {
        ClientCallStreamObserver<Frame> open = call;
        if (isOver || open == null) {
            return;
        }
        try {
            open.onNext(frame);
        } catch (RuntimeException broken) {
            end("it could not be written to: " + broken);
        }
    }

    private void receive(Frame frame) {
        if (isOver) {
            return;
        }
        for (Item item : frame.getItemsList()) {
            switch (item.getContentCase()) {
                case GREETING -> greeted(item.getGreeting());
                case RESPONSE -> answered(item.getCall(), item.getResponse());
                case REQUEST, NOTICE, CONTENT_NOT_SET ->
                    LOG.debug("Node {} sent {}, which does not belong here", node, item.getContentCase());
            }
        }
        ClientCallStreamObserver<Frame> open = call;
        if (!isOver && open != null) {
            open.request(1);
        }
    }

    private void greeted(Greeting other) {
        if (!other.getNodeId().equals(node)) {
            end("node " + other.getNodeId() + " answered");
            return;
        }
        isGreeted = true;
        owner.linked(this);
        flush();
    }

    private void answered(long number, Response response) {
        CompletableFuture<Response> answer = unanswered.remove(number);
        if (answer != null) {
            answer.complete(response);
        }
    }

    private void end(String reason) {
        ClientCallStreamObserver<Frame> open = call;
        if (!isOver && open != null) {
            open.cancel(reason, null);
        }
        over(reason);
    }

    private void over(String reason) {
        if (isOver) {
            return;
        }
        isOver = true;
        owner.ended(this, reason);
        failUnanswered();
    }

    private void failUnanswered() {
        long lastSent = queue.lastTakenCall();
        unanswered.keySet().forEach(number -> {
            CompletableFuture<Response> answer = unanswered.remove(number);
            if (answer != null) {
                answer.completeExceptionally(new PeerLostException(node, number <= lastSent));
            }
        });
    }
}
