package io.orquestrax.bench.benchmark;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps a bounded number of instances open: one that closes makes room for the next. */
final class ClosedLoop {
    private static final double NANOS_PER_SECOND = 1e9;

    private final OrquestraxClient client;
    private final Workflow workflow;
    private final Load load;
    private final Semaphore room;
    private final AtomicInteger inTime = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long beganNanos;

    ClosedLoop(OrquestraxClient client, Workflow workflow, Load load) {
        this.client = client;
        this.workflow = workflow;
        this.load = load;
        this.room = new Semaphore(load.inFlight());
    }

    /**
     * What came of it.
     *
     * @param instancesPerSecond of those that ended within the load's duration
     * @param instances that were run, those that ended later included
     */
    record Outcome(double instancesPerSecond, int instances) {
        Outcome plus(Outcome other) {
            return new Outcome(instancesPerSecond + other.instancesPerSecond, instances + other.instances);
        }
    }

    /** Of several clients at the same time, each with its share of what is open. */
    static Outcome together(List<OrquestraxClient> clients, Workflow workflow, Load load) throws InterruptedException {
        int share = Math.max(1, load.inFlight() / clients.size());
        List<Callable<Outcome>> loops = clients.stream()
                .<Callable<Outcome>>map(client -> () ->
                        new ClosedLoop(client, workflow, new Load(load.duration(), load.instances(), share)).run())
                .toList();
        Outcome sum = new Outcome(0, 0);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> loop : executor.invokeAll(loops)) {
                sum = sum.plus(loop.get());
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof CommandFailure told
                    ? told
                    : new IllegalStateException("Expected instances to run, but they did not", failed);
        }
        return sum;
    }

    /** Returns when all have ended. */
    Outcome run() throws InterruptedException {
        beganNanos = System.nanoTime();
        int started = 0;
        while (started < load.instances() && !isOver() && failure.get() == null) {
            acquire(1);
            started++;
            startOne();
        }
        acquire(load.inFlight());
        requireNoFailure();
        boolean allInTime = inTime.get() == started;
        long nanos = allInTime ? lastNanos.get() - beganNanos : load.duration().toNanos();
        return new Outcome(inTime.get() * NANOS_PER_SECOND / nanos, started);
    }

    private boolean isOver() {
        return System.nanoTime() - beganNanos > load.duration().toNanos();
    }

    private void startOne() {
        var _ = workflow.runAsync(client).whenComplete(this::ended);
    }

    private void ended(@Nullable Instance instance, @Nullable Throwable cause) {
        try {
            if (instance == null) {
                failure.compareAndSet(null, cause);
                return;
            }
            workflow.check(instance);
            if (!isOver()) {
                lastNanos.accumulateAndGet(System.nanoTime(), Math::max);
                inTime.incrementAndGet();
            }
        } catch (RuntimeException wrong) {
            failure.compareAndSet(null, wrong);
        } finally {
            room.release();
        }
    }

    private void acquire(int permits) throws InterruptedException {
        if (!room.tryAcquire(permits, 2 * Workflow.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw CommandFailure.unreachable(
                    "Expected instances of " + workflow.name() + " to end, but none did for "
                            + 2 * Workflow.LIMIT.toSeconds() + " s.",
                    List.of(),
                    failure.get());
        }
    }

    private void requireNoFailure() {
        Throwable cause = failure.get();
        if (cause instanceof CommandFailure told) {
            throw told;
        }
        if (cause != null) {
            throw CommandFailure.unreachable(
                    "Expected instances of " + workflow.name() + " to run, but " + cause + ".", List.of(), cause);
        }
    }
}
