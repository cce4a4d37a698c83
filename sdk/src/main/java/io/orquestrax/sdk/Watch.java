package io.orquestrax.sdk;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orquestrax.protocol.v1.WatchInstanceRequest;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one instance as they are committed, until it closes.
 *
 * <p>The consumer is called by one thread at a time. Where the connection breaks, it is made again, and the next update
 * tells the instance's state of then.
 */
public final class Watch implements AutoCloseable {
    private final ManagedChannel channel;
    private final String instance;
    private final Consumer<InstanceUpdate> consumer;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private volatile @Nullable ClientCallStreamObserver<WatchInstanceRequest> current;
    private final AtomicInteger failures = new AtomicInteger();

    Watch(ManagedChannel channel, String instance, Consumer<InstanceUpdate> consumer) {
        this.channel = channel;
        this.instance = instance;
        this.consumer = consumer;
    }

    /**
     * Completes when the instance is closed or the watch is; fails with {@link OrquestraxException} where there is no
     * such instance, and with the consumer's own exception where it threw one.
     */
    public CompletableFuture<@Nullable Void> done() {
        return done.copy();
    }

    /** Ends the watch; no update comes after a running call of the consumer. */
    @Override
    public void close() {
        done.complete(null);
        ClientCallStreamObserver<WatchInstanceRequest> call = current;
        if (call != null) {
            call.cancel("The watch was closed", null);
        }
    }

    void open() {
        if (!done.isDone()) {
            WorkflowServiceGrpc.newStub(channel)
                    .watchInstance(
                            WatchInstanceRequest.newBuilder().setId(instance).build(), new Updates());
        }
    }

    private final class Updates implements ClientResponseObserver<WatchInstanceRequest, WatchInstanceResponse> {

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchInstanceRequest> call) {
            current = call;
        }

        @Override
        public void onNext(WatchInstanceResponse response) {
            failures.set(0);
            if (done.isDone()) {
                return;
            }
            try {
                consumer.accept(Wire.update(response));
            } catch (RuntimeException failed) {
                done.completeExceptionally(failed);
                close();
            }
        }

        @Override
        public void onError(Throwable failure) {
            Status status = Status.fromThrowable(failure);
            if (status.getCode() == Status.Code.UNAVAILABLE && !done.isDone() && !channel.isShutdown()) {
                long delay = Calls.delayMillis(failures.getAndIncrement());
                channel.resetConnectBackoff();
                CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS).execute(Watch.this::open);
                return;
            }
            done.completeExceptionally(Problems.exception(
                    status,
                    failure instanceof StatusRuntimeException withTrailers ? withTrailers.getTrailers() : null));
        }

        @Override
        public void onCompleted() {
            done.complete(null);
        }
    }
}
