package io.orquestrax.server.job;

import io.orquestrax.engine.command.JobRetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A worker, or another node, as the one who has jobs. Guarded by the dispatcher's lock. */
abstract sealed class Holder permits StreamWorker, HttpWorker, Borrower {
    private final String id;
    private final Set<Job> held = new LinkedHashSet<>();

    Holder(String id) {
        this.id = id;
    }

    final String id() {
        return id;
    }

    /** The jobs that it runs as far as this node knows. */
    final Set<Job> held() {
        return held;
    }

    /** For people: who runs the jobs; null where that is not known here. */
    @Nullable
    String workerName() {
        return id;
    }

    /** Stop with this job, which is its own. */
    abstract void cancel(Job job);

    /** Whether it cannot be heard at this moment, so that its silence says nothing about its jobs. */
    abstract boolean isAway();

    /** When it came to this node the last time; empty where it is away, or does not come and go. */
    Optional<Instant> connectedAt() {
        return Optional.empty();
    }

    abstract Optional<JobRetryPolicy> retryPolicy(String type);

    abstract Optional<Duration> runningLimit(String type);

    abstract Optional<Duration> heartbeatLimit(String type);
}
