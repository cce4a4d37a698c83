package io.orquestrax.sdk;

import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.v1.AwaitInstanceRequest;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Strings the server's waits together until an instance is closed or the caller's own time is over. */
final class InstanceWait {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Of a start, which keeps others from being sent: see {@link StartWindow}. */
    private static final Duration LONGEST_FIRST_WAIT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_ROUND = Duration.ofMillis(100);

    private final Calls calls;
    private final Duration answerTime;

    /**
     * @param answerTime what a call may take beyond the wait that it asks for
     */
    InstanceWait(Calls calls, Duration answerTime) {
        this.calls = calls;
        this.answerTime = answerTime;
    }

    CompletableFuture<Instance> until(String id, Duration limit) {
        CompletableFuture<Instance> closed = new CompletableFuture<>();
        ask(id, System.nanoTime() + limit.toNanos(), closed);
        return closed;
    }

    /**
     * Of an instance that is to be started.
     *
     * @param start answers the instance: where the server can do that, as it is at its end or after the wait
     */
    CompletableFuture<Instance> afterStart(Function<Duration, CompletableFuture<Instance>> start, Duration limit) {
        CompletableFuture<Instance> closed = new CompletableFuture<>();
        long endNanos = System.nanoTime() + limit.toNanos();
        follow(
                start.apply(shorter(limit, LONGEST_FIRST_WAIT)),
                endNanos,
                closed,
                started -> ask(started.id(), endNanos, closed));
        return closed;
    }

    private void ask(String id, long endNanos, CompletableFuture<Instance> closed) {
        long begunNanos = System.nanoTime();
        Duration wait = shorter(Duration.ofNanos(Math.max(0, endNanos - begunNanos)), LONGEST_WAIT);
        CompletableFuture<Instance> answer = calls.send(
                WorkflowServiceGrpc.getAwaitInstanceMethod(),
                AwaitInstanceRequest.newBuilder()
                        .setId(id)
                        .setWait(Durations.message(wait))
                        .build(),
                Calls.Repetition.IDEMPOTENT,
                wait.plus(answerTime),
                Wire::instance);
        follow(answer, endNanos, closed, open -> askAgain(id, begunNanos, endNanos, closed));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void follow(
            CompletableFuture<Instance> answer,
            long endNanos,
            CompletableFuture<Instance> closed,
            Consumer<Instance> goOn) {
        var _ = closed.whenComplete((instance, failure) -> {
            if (closed.isCancelled()) {
                answer.cancel(true);
            }
        });
        var _ = answer.whenComplete((instance, failure) -> {
            if (failure != null) {
                closed.completeExceptionally(failure);
            } else if (instance.isClosed() || endNanos - System.nanoTime() <= 0) {
                closed.complete(instance);
            } else if (!closed.isDone()) {
                goOn.accept(instance);
            }
        });
    }

    /** A server that answers before the wait is over is not asked at once again. */
    private void askAgain(String id, long begunNanos, long endNanos, CompletableFuture<Instance> closed) {
        long pauseNanos = SHORTEST_ROUND.toNanos() - (System.nanoTime() - begunNanos);
        if (pauseNanos <= 0) {
            ask(id, endNanos, closed);
        } else {
            CompletableFuture.delayedExecutor(pauseNanos, TimeUnit.NANOSECONDS)
                    .execute(() -> ask(id, endNanos, closed));
        }
    }
}
