package io.orquestrax.sdk.worker;

import io.orquestrax.protocol.v1.Acknowledgement;
import io.orquestrax.protocol.v1.Heartbeat;
import io.orquestrax.protocol.v1.Job;
import io.orquestrax.protocol.v1.JobClaim;
import io.orquestrax.protocol.v1.JobKey;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.protocol.v1.WorkerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that this worker has: those that run, those that wait for a slot, and those whose results are not yet
 * acknowledged. It outlives every stream; what a stream that is no longer the present one brings is ignored.
 *
 * <p>A cancelled job keeps its slot until its handler has ended, however long that takes.
 */
final class Ledger {
    /** How long a job waits for a slot that a cancelled handler still has, before others may take it. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Results kept, for each slot, before no further jobs are taken. */
    private static final int UNACKNOWLEDGED_PER_SLOT = 10;

    private final Map<String, Registration<?>> registrations;
    private final int capacity;
    private final int maxBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<JobKey, ActiveJob> active = new LinkedHashMap<>();
    private final Map<JobKey, WaitingJob> waiting = new LinkedHashMap<>();
    private final Outbox outbox;
    /** Whose results are on their way, where somebody wants to know what becomes of them. */
    private final Map<JobKey, ActiveJob> unsettled = new LinkedHashMap<>();

    private @Nullable WorkStream stream;
    private boolean welcomed;
    private boolean draining;
    private boolean closing;

    /**
     * @param maxBytes of one payload
     */
    Ledger(Map<String, Registration<?>> registrations, int capacity, int maxBytes) {
        this.registrations = Map.copyOf(registrations);
        this.capacity = capacity;
        this.maxBytes = maxBytes;
        this.outbox = new Outbox(maxBytes);
    }

    private record WaitingJob(Job job, long sinceNanos) {}

    /** From now on this stream is the present one. Answers the claims for its greeting. */
    List<JobClaim> connect(WorkStream next) {
        return locked(() -> {
            stream = next;
            welcomed = false;
            List<JobClaim> claims = new ArrayList<>();
            for (ActiveJob job : active.values()) {
                if (!job.isCancelled()) {
                    claims.add(JobClaim.newBuilder()
                            .setKey(job.key())
                            .setStartedAt(job.startedAt())
                            .build());
                }
            }
            for (JobKey key : waiting.keySet()) {
                claims.add(JobClaim.newBuilder().setKey(key).build());
            }
            for (Result result : outbox.unacknowledged()) {
                claims.add(JobClaim.newBuilder()
                        .setKey(result.getKey())
                        .setStartedAt(result.getStartedAt())
                        .build());
            }
            return claims;
        });
    }

    /** The server answered the greeting: what it refused is dropped, the rest of the results is due again. */
    void welcomed(WorkStream from, List<JobKey> refused) {
        run(() -> {
            if (from == stream) {
                refused.forEach(this::drop);
                outbox.startOver(draining);
                welcomed = true;
            }
        });
    }

    void disconnected(WorkStream from) {
        run(() -> {
            if (from == stream) {
                stream = null;
                welcomed = false;
            }
        });
    }

    void accept(WorkStream from, List<Job> jobs) {
        run(() -> {
            if (from == stream) {
                jobs.forEach(this::accept);
            }
        });
    }

    void acknowledged(WorkStream from, List<Acknowledgement> acknowledgements) {
        run(() -> {
            if (from == stream) {
                acknowledgements.forEach(each -> {
                    outbox.acknowledged(each.getKey());
                    settle(each.getKey(), each.getCounted());
                });
            }
        });
    }

    void cancelled(WorkStream from, List<JobKey> keys) {
        run(() -> {
            if (from == stream) {
                keys.forEach(this::drop);
            }
        });
    }

    void finished(ActiveJob job, Result result) {
        run(() -> {
            active.remove(job.key(), job);
            if (!job.isCancelled()) {
                outbox.add(result);
            }
            if (job.isCancelled() || result.hasFailure()) {
                job.settle(false);
            } else if (job.isToSettle()) {
                unsettled.put(job.key(), job);
            }
            startWaiting();
        });
    }

    void heartbeat(ActiveJob job, Heartbeat heartbeat) {
        run(() -> {
            if (active.get(job.key()) == job && !job.isCancelled()) {
                outbox.add(heartbeat);
            }
        });
    }

    /** No new jobs from now on; those that wait for a slot are handed back. */
    void drain() {
        run(() -> {
            draining = true;
            outbox.drain();
            waiting.keySet().forEach(outbox::handBack);
            waiting.clear();
        });
    }

    /** Stops what still runs, for others to do. */
    void handBackActive() {
        run(() -> {
            for (ActiveJob job : active.values()) {
                if (!job.isCancelled()) {
                    job.cancel();
                    outbox.handBack(job.key());
                }
            }
        });
    }

    /** The session is to end once what is due has been sent. */
    void close() {
        run(() -> {
            closing = true;
            unsettled.values().forEach(each -> each.settle(false));
            unsettled.clear();
        });
    }

    boolean isClosing() {
        return locked(() -> closing);
    }

    boolean isConnected() {
        return locked(() -> welcomed);
    }

    boolean awaitConnected(Duration limit) throws InterruptedException {
        return await(limit, () -> welcomed);
    }

    /** Ends early, with false, when there is nothing left to wait for. */
    boolean awaitConnected(Duration limit, BooleanSupplier hopeless) throws InterruptedException {
        return await(limit, () -> welcomed || closing || hopeless.getAsBoolean()) && isConnected();
    }

    /** Whether every handler that was not cancelled has ended within the limit. */
    boolean awaitIdle(Duration limit) throws InterruptedException {
        return await(limit, () -> active.values().stream().allMatch(ActiveJob::isCancelled));
    }

    /** Whether the server has acknowledged every result, and was told of what is handed back, within the limit. */
    boolean awaitSettled(Duration limit) throws InterruptedException {
        return await(limit, () -> outbox.unacknowledged().isEmpty() && !(welcomed && outbox.hasHandBacks()));
    }

    boolean awaitClosing(Duration limit) throws InterruptedException {
        return await(limit, () -> closing);
    }

    /** Wakes who waits here: the stream's state changed. */
    void wake() {
        run(() -> {});
    }

    /** What to send next, as soon as the stream can take it; empty when the stream ended or is to end. */
    List<WorkerMessage> next(WorkStream to) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!to.hasEnded()) {
                long now = System.nanoTime();
                handBackStale(now);
                if (welcomed && to.isReady()) {
                    List<WorkerMessage> due = outbox.take(now);
                    if (!due.isEmpty() || closing || to.isToLeave()) {
                        changed.signalAll();
                        return due;
                    }
                } else if (closing || to.isToLeave()) {
                    return List.of();
                }
                // The stream tells when it is ready; a second bounds the damage of a signal that got lost.
                long quiet = to.isReady() ? outbox.quietNanos(now) : TimeUnit.SECONDS.toNanos(1);
                changed.awaitNanos(Math.clamp(quiet, 1, TimeUnit.SECONDS.toNanos(1)));
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void accept(Job job) {
        JobKey key = job.getKey();
        @Nullable ActiveJob running = active.get(key);
        if (outbox.holdsResult(key)) {
            outbox.sendAgain(key);
        } else if ((running != null && !running.isCancelled()) || waiting.containsKey(key)) {
            // It has been given twice, and is being done.
            return;
        } else if (draining || running != null || !registrations.containsKey(job.getType()) || isFull()) {
            outbox.handBack(key);
        } else if (active.size() < capacity) {
            start(job);
        } else {
            waiting.put(key, new WaitingJob(job, System.nanoTime()));
        }
    }

    private boolean isFull() {
        return waiting.size() >= capacity
                || outbox.unacknowledged().size() >= (long) capacity * UNACKNOWLEDGED_PER_SLOT;
    }

    private void start(Job job) {
        @Nullable Registration<?> registration = registrations.get(job.getType());
        if (registration != null) {
            ActiveJob started = new ActiveJob(job, registration, this, Instant.now(), maxBytes);
            active.put(job.getKey(), started);
            Thread.ofVirtual().name("job-" + job.getType()).start(started::run);
        }
    }

    private void startWaiting() {
        Iterator<WaitingJob> next = waiting.values().iterator();
        while (next.hasNext() && active.size() < capacity) {
            Job job = next.next().job();
            next.remove();
            start(job);
        }
    }

    private void handBackStale(long nowNanos) {
        waiting.values().removeIf(waitingJob -> {
            boolean stale = nowNanos - waitingJob.sinceNanos() > LONGEST_WAIT_NANOS;
            if (stale) {
                outbox.handBack(waitingJob.job().getKey());
            }
            return stale;
        });
    }

    private void drop(JobKey key) {
        waiting.remove(key);
        outbox.forget(key);
        settle(key, false);
        @Nullable ActiveJob running = active.get(key);
        if (running != null) {
            running.cancel();
        }
    }

    private void settle(JobKey key, boolean counts) {
        @Nullable ActiveJob job = unsettled.remove(key);
        if (job != null) {
            job.settle(counts);
        }
    }

    private boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long remaining = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(java.util.function.Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
