package io.orquestrax.bench.torture.load;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients of a run remember. Thread-safe; the load's rate and a run's length bound it. */
public final class ClientRecord {
    private static final int MOST_FAILURES = 100_000;

    private final Queue<Acknowledgement> acknowledgements = new ConcurrentLinkedQueue<>();
    private final Queue<FailedCall> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong failureCount = new AtomicLong();

    /**
     * A call that a client had to make again.
     *
     * @param began when the call was made
     * @param ended when it had failed
     */
    public record FailedCall(String call, String door, String problem, Instant began, Instant ended) {}

    void add(Acknowledgement acknowledgement) {
        acknowledgements.add(acknowledgement);
    }

    void add(FailedCall failure) {
        if (failureCount.incrementAndGet() <= MOST_FAILURES) {
            failures.add(failure);
        }
    }

    public List<Acknowledgement> acknowledgements() {
        return List.copyOf(acknowledgements);
    }

    public List<FailedCall> failures() {
        return List.copyOf(failures);
    }

    public long failureCount() {
        return failureCount.get();
    }
}
