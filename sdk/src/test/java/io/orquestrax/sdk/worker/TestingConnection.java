package io.orquestrax.sdk.worker;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.v1.Acknowledgement;
import io.orquestrax.protocol.v1.Acknowledgements;
import io.orquestrax.protocol.v1.Addresses;
import io.orquestrax.protocol.v1.Cancellations;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.Job;
import io.orquestrax.protocol.v1.JobKey;
import io.orquestrax.protocol.v1.Jobs;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.protocol.v1.ServerMessage;
import io.orquestrax.protocol.v1.Welcome;
import io.orquestrax.protocol.v1.WorkerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream of a worker, seen from the server. */
final class TestingConnection implements StreamObserver<WorkerMessage> {
    static final String INSTANCE = "01890a5d-ac96-774b-bcce-b302099a8057";
    private static final long DEADLINE_SECONDS = 20;

    private final ServerCallStreamObserver<ServerMessage> outgoing;
    private final BlockingQueue<WorkerMessage> incoming = new LinkedBlockingQueue<>();
    private final Deque<Result> results = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    TestingConnection(ServerCallStreamObserver<ServerMessage> outgoing) {
        this.outgoing = outgoing;
    }

    static JobKey key(long activation) {
        return JobKey.newBuilder()
                .setInstanceId(INSTANCE)
                .setActivation(activation)
                .setAttempt(1)
                .build();
    }

    static Job job(long activation, String type, String input) {
        return Job.newBuilder()
                .setKey(key(activation))
                .setType(type)
                .setTask("/do/0/step")
                .setInput(ByteString.copyFromUtf8(input))
                .build();
    }

    @Override
    public void onNext(WorkerMessage message) {
        boolean probe = message.hasHeartbeats() && message.getHeartbeats().getHeartbeatsCount() == 0;
        if (!probe) {
            incoming.add(message);
        }
    }

    @Override
    public void onError(Throwable failure) {
        ended.countDown();
    }

    @Override
    public void onCompleted() {
        ended.countDown();
        synchronized (outgoing) {
            outgoing.onCompleted();
        }
    }

    void read() {
        outgoing.request(1);
    }

    Hello awaitHello() throws InterruptedException {
        return await(WorkerMessage.MessageCase.HELLO).getHello();
    }

    /** The next message, which is to be of this kind; for results use {@link #awaitResult}. */
    WorkerMessage await(WorkerMessage.MessageCase kind) throws InterruptedException {
        WorkerMessage message = next();
        if (message.getMessageCase() != kind) {
            throw new AssertionError("Expected " + kind + ", but got " + message);
        }
        return message;
    }

    /** The next message of any kind but a probe. */
    WorkerMessage next() throws InterruptedException {
        WorkerMessage message = incoming.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("Expected a message of the worker, but none came");
        }
        return message;
    }

    /** The next result, from however large a message. */
    Result awaitResult() throws InterruptedException {
        if (results.isEmpty()) {
            results.addAll(await(WorkerMessage.MessageCase.RESULTS).getResults().getResultsList());
        }
        return results.remove();
    }

    /** Messages and results that came and were not read. */
    List<Object> unread() {
        List<Object> all = new ArrayList<>(results);
        all.addAll(incoming);
        return all;
    }

    void awaitEnd() throws InterruptedException {
        if (!ended.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected the worker to end its stream, but it did not");
        }
    }

    void welcome(JobKey... refused) {
        send(ServerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setNodeId("node").addAllRefusedClaims(List.of(refused)))
                .build());
    }

    /** As a node does that knows these ones. */
    void welcomeWith(String... addresses) {
        send(ServerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setNodeId("node").addAllAddresses(List.of(addresses)))
                .build());
    }

    void tell(boolean isLeaving, String... addresses) {
        send(ServerMessage.newBuilder()
                .setAddresses(Addresses.newBuilder()
                        .addAllAddresses(List.of(addresses))
                        .setLeaving(isLeaving))
                .build());
    }

    void give(Job... jobs) {
        send(ServerMessage.newBuilder()
                .setJobs(Jobs.newBuilder().addAllJobs(List.of(jobs)))
                .build());
    }

    void acknowledge(JobKey key) {
        send(ServerMessage.newBuilder()
                .setAcknowledgements(Acknowledgements.newBuilder()
                        .addAcknowledgements(
                                Acknowledgement.newBuilder().setKey(key).setCounted(true)))
                .build());
    }

    void cancel(JobKey key) {
        send(ServerMessage.newBuilder()
                .setCancellations(Cancellations.newBuilder().addKeys(key))
                .build());
    }

    /** Ends the stream, as a node does that leaves. */
    void end() {
        synchronized (outgoing) {
            outgoing.onCompleted();
        }
    }

    private void send(ServerMessage message) {
        synchronized (outgoing) {
            outgoing.onNext(message);
        }
    }
}
