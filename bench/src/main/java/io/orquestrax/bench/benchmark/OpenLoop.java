package io.orquestrax.bench.benchmark;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.OrquestraxException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts instances at a rate, whether or not those before have ended; what is refused as too much is not an error. */
final class OpenLoop {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MOST_OPEN = 200_000;

    /** Refused, or so late that the caller does not know any more. */
    private static final Set<String> TOO_MANY = Set.of(ErrorCode.OVERLOADED.text(), ErrorCode.DEADLINE_EXCEEDED.text());

    private final OrquestraxClient client;
    private final Workflow workflow;
    private final Load load;
    private final Duration patience;
    private final Semaphore room = new Semaphore(MOST_OPEN);
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger inTime = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final long[] nanos;
    private long endNanos;

    /** @param latencies of those that ended in time for their callers */
    record Outcome(double instancesPerSecond, Percentiles latencies) {}

    /** @param patience how long a caller waits for the end of its instance */
    OpenLoop(OrquestraxClient client, Workflow workflow, Load load, Duration patience) {
        this.client = client;
        this.workflow = workflow;
        this.load = load;
        this.patience = patience;
        this.nanos = new long[load.instances()];
    }

    Outcome run(double perSecond) throws InterruptedException {
        long began = System.nanoTime();
        endNanos = began + load.duration().toNanos();
        int started = 0;
        while (System.nanoTime() < endNanos && started < nanos.length && failure.get() == null) {
            double due = (System.nanoTime() - began) / NANOS_PER_SECOND * perSecond;
            while (started < due && started < nanos.length && room.tryAcquire()) {
                startOne();
                started++;
            }
            Thread.sleep(1);
        }
        long nanosTaken = Math.min(System.nanoTime(), endNanos) - began;
        Waits.until("what was accepted ends", () -> room.availablePermits() == MOST_OPEN);
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException(
                    "Expected instances to end or to be refused as too many, but " + cause, cause);
        }
        return new Outcome(inTime.get() * NANOS_PER_SECOND / nanosTaken, new Percentiles(nanos, ended.get()));
    }

    private void startOne() {
        long began = System.nanoTime();
        var _ = workflow.runAsync(client, patience).whenComplete((instance, cause) -> ended(began, instance, cause));
    }

    private void ended(long began, @Nullable Instance instance, @Nullable Throwable cause) {
        try {
            if (instance == null) {
                if (!isRefusal(cause)) {
                    failure.compareAndSet(null, cause);
                }
                return;
            }
            if (!instance.isClosed()) {
                return;
            }
            workflow.check(instance);
            long now = System.nanoTime();
            nanos[ended.getAndIncrement()] = now - began;
            if (now < endNanos) {
                inTime.incrementAndGet();
            }
        } catch (RuntimeException wrong) {
            failure.compareAndSet(null, wrong);
        } finally {
            room.release();
        }
    }

    private static boolean isRefusal(@Nullable Throwable cause) {
        Throwable told = cause instanceof CompletionException ? cause.getCause() : cause;
        return told instanceof OrquestraxException refused && TOO_MANY.contains(refused.code());
    }
}
