package io.orquestrax.server.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that workers here have, and of which this node does not know whether the one that decides for them agrees.
 *
 * <p>Guarded by the dispatcher's lock.
 */
final class Doubts {
    private final Map<Job, Long> jobs = new LinkedHashMap<>();
    private @Nullable Runnable onDoubt;
    private long last;

    void onDoubt(Runnable action) {
        onDoubt = action;
    }

    /** Whether there are other nodes to ask. */
    boolean areAsked() {
        return onDoubt != null;
    }

    /** Also of a job that is in doubt already: what is answered to an earlier question does not settle it. */
    void add(Job job) {
        if (onDoubt != null) {
            jobs.put(job, ++last);
            onDoubt.run();
        }
    }

    /** Number of the last doubt there was. */
    long last() {
        return last;
    }

    /**
     * Whether an answer says something of the job that is still to be known.
     *
     * @param asOf the last doubt when that was asked
     */
    boolean isSettledBy(Job job, long asOf) {
        Long doubt = jobs.get(job);
        return doubt != null && doubt <= asOf;
    }

    void remove(Job job) {
        jobs.remove(job);
    }

    boolean contains(Job job) {
        return jobs.containsKey(job);
    }

    List<Job> all() {
        return List.copyOf(jobs.keySet());
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }
}
