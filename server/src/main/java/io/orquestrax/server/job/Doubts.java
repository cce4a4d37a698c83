package io.orquestrax.server.job;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that workers here have, and of which this node does not know whether the one that decides for them agrees.
 *
 * <p>Guarded by the dispatcher's lock.
 */
final class Doubts {
    private final Set<Job> jobs = new LinkedHashSet<>();
    private @Nullable Runnable onDoubt;

    void onDoubt(Runnable action) {
        onDoubt = action;
    }

    /** Whether there are other nodes to ask. */
    boolean areAsked() {
        return onDoubt != null;
    }

    void add(Job job) {
        if (onDoubt != null && jobs.add(job)) {
            onDoubt.run();
        }
    }

    void remove(Job job) {
        jobs.remove(job);
    }

    boolean contains(Job job) {
        return jobs.contains(job);
    }

    List<Job> all() {
        return List.copyOf(jobs);
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }
}
