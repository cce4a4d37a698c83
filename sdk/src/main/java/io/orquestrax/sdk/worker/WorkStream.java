package io.orquestrax.sdk.worker;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.ServerMessage;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.protocol.v1.WorkerServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a worker, with a channel of its own so that gRPC's own waiting between connections does not add to
 * the session's.
 */
final class WorkStream implements ClientResponseObserver<WorkerMessage, ServerMessage> {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkStream.class);

    private final ManagedChannel channel;
    private final Ledger ledger;
    private final Addresses addresses;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ClientCallStreamObserver<WorkerMessage> call;
    private volatile @Nullable Throwable failure;
    private volatile boolean isToLeave;

    WorkStream(ManagedChannel channel, Ledger ledger, Addresses addresses) {
        this.channel = channel;
        this.ledger = ledger;
        this.addresses = addresses;
    }

    void open(Hello hello) {
        // The ledger never blocks, so that what comes need not be handed to another thread.
        WorkerServiceGrpc.newStub(channel).withExecutor(Runnable::run).work(this);
        send(WorkerMessage.newBuilder().setHello(hello).build());
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WorkerMessage> outgoing) {
        call = outgoing;
        outgoing.setOnReadyHandler(ledger::wake);
    }

    @Override
    public void onNext(ServerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> {
                LOGGER.info(
                        "Connected to node {} (version {})",
                        message.getWelcome().getNodeId(),
                        message.getWelcome().getServerVersion());
                addresses.told(message.getWelcome().getAddressesList());
                ledger.welcomed(this, message.getWelcome().getRefusedClaimsList());
            }
            case JOBS -> ledger.accept(this, message.getJobs().getJobsList());
            case ACKNOWLEDGEMENTS ->
                ledger.acknowledged(this, message.getAcknowledgements().getAcknowledgementsList());
            case CANCELLATIONS ->
                ledger.cancelled(this, message.getCancellations().getKeysList());
            case ADDRESSES -> {
                addresses.told(message.getAddresses().getAddressesList());
                isToLeave |= message.getAddresses().getLeaving();
                ledger.wake();
            }
            case MESSAGE_NOT_SET -> LOGGER.debug("A message of a kind that this version does not know");
        }
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        ended.countDown();
        ledger.disconnected(this);
    }

    @Override
    public void onCompleted() {
        ended.countDown();
        ledger.disconnected(this);
    }

    /** Whether the node said that it is about to end. */
    boolean isToLeave() {
        return isToLeave;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Why it ended; null where the server ended it in order, or it has not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean isReady() {
        ClientCallStreamObserver<WorkerMessage> outgoing = call;
        return outgoing != null && outgoing.isReady();
    }

    void send(List<WorkerMessage> messages) {
        messages.forEach(this::send);
    }

    private void send(WorkerMessage message) {
        ClientCallStreamObserver<WorkerMessage> outgoing = call;
        if (outgoing != null && !hasEnded()) {
            outgoing.onNext(message);
        }
    }

    /** Says that nothing more comes, and gives the server a moment to take what came. */
    void finish(Duration limit) throws InterruptedException {
        ClientCallStreamObserver<WorkerMessage> outgoing = call;
        if (outgoing != null && !hasEnded()) {
            outgoing.onCompleted();
            boolean inOrder = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            LOGGER.debug("The stream ended {}", inOrder ? "in order" : "without the server's word");
        }
    }

    void abort() {
        ledger.disconnected(this);
        channel.shutdownNow();
    }
}
