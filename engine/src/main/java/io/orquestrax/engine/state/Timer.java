package io.orquestrax.engine.state;

import java.time.Instant;
import java.util.Comparator;

/**
 * Something that is due at a time.
 *
 * @param activation 0 for the workflow's own timeout
 */
public record Timer(Instant due, long activation, Kind kind) implements Comparable<Timer> {
    private static final Comparator<Timer> ORDER = Comparator.comparing(Timer::due)
            .thenComparingLong(Timer::activation)
            .thenComparing(Timer::kind);

    /** What happens when it fires. */
    public enum Kind {
        /** The timeout of a task, or of the workflow. */
        TIMEOUT,
        /** The end of a wait. */
        WAIT,
        /** The end of a try task's backoff. */
        RETRY,
        /** The limit of one attempt of a try task. */
        ATTEMPT,
        /** The end of a job's backoff. */
        JOB_RETRY,
        /** The limit of a job over all its attempts. */
        JOB_TOTAL
    }

    @Override
    public int compareTo(Timer other) {
        return ORDER.compare(this, other);
    }
}
