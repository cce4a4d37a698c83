package io.orquestrax.bench.torture.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients of a run remember. Thread-safe; the load's rate and a run's length bound it. */
public final class ClientRecord {
    /** The one call that waits on purpose. */
    static final String AWAIT = "await";

    private static final int MOST_FAILURES = 100_000;
    private static final int MOST_SLOW_CALLS = 100_000;
    private static final Duration SLOW = Duration.ofMillis(100);

    private final Queue<Acknowledgement> acknowledgements = new ConcurrentLinkedQueue<>();
    private final Queue<FailedCall> failures = new ConcurrentLinkedQueue<>();
    private final Queue<SlowCall> slowCalls = new ConcurrentLinkedQueue<>();
    private final AtomicLong failureCount = new AtomicLong();
    private final AtomicLong slowCount = new AtomicLong();

    /**
     * A call that a client had to make again.
     *
     * @param began when the call was made
     * @param ended when it had failed
     */
    public record FailedCall(String call, String door, String problem, Instant began, Instant ended) {}

    /**
     * A call that took its time.
     *
     * @param began when it was made first
     * @param ended when it was answered, after however many tries
     */
    public record SlowCall(String call, Instant began, Instant ended) {

        public Duration took() {
            return Duration.between(began, ended);
        }
    }

    void add(Acknowledgement acknowledgement) {
        acknowledgements.add(acknowledgement);
    }

    void add(FailedCall failure) {
        if (failureCount.incrementAndGet() <= MOST_FAILURES) {
            failures.add(failure);
        }
    }

    /** Forgotten where it was quick, or waits on purpose. */
    void add(SlowCall call) {
        if (!call.call().equals(AWAIT)
                && call.took().compareTo(SLOW) > 0
                && slowCount.incrementAndGet() <= MOST_SLOW_CALLS) {
            slowCalls.add(call);
        }
    }

    public List<Acknowledgement> acknowledgements() {
        return List.copyOf(acknowledgements);
    }

    public List<FailedCall> failures() {
        return List.copyOf(failures);
    }

    public List<SlowCall> slowCalls() {
        return List.copyOf(slowCalls);
    }
}
