package io.orquestrax.server.job;

import io.orquestrax.engine.command.JobRetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A worker without a stream, known by what it asks for. */
final class HttpWorker extends Holder {
    private final Instant firstSeenAt;
    private Instant seenAt;
    private Set<String> types = Set.of();
    private int capacity;
    private boolean isShown;

    HttpWorker(String id, Instant now) {
        super(id);
        firstSeenAt = now;
        seenAt = now;
    }

    void seen(Instant now) {
        seenAt = now;
    }

    /**
     * @return whether that is something else than what it asked for last
     */
    boolean asked(Set<String> forTypes, int max) {
        boolean isNew = capacity != max || !types.equals(forTypes);
        types = forTypes;
        capacity = max;
        return isNew;
    }

    /** Whether watchers take it to be there. */
    boolean isShown() {
        return isShown;
    }

    void show(boolean toWatchers) {
        isShown = toWatchers;
    }

    Instant seenAt() {
        return seenAt;
    }

    Set<String> types() {
        return types;
    }

    boolean takes(String type) {
        return types.contains(type);
    }

    WorkerView view() {
        return new WorkerView(
                id(),
                id(),
                List.copyOf(types),
                Math.max(capacity, held().size()),
                held().size(),
                "",
                0,
                "",
                "",
                "",
                firstSeenAt,
                "http",
                false);
    }

    /** It hears of that when it renews its lease. */
    @Override
    void cancel(Job job) {}

    @Override
    boolean isAway() {
        return false;
    }

    @Override
    Optional<Instant> connectedAt() {
        return Optional.of(firstSeenAt);
    }

    @Override
    Optional<JobRetryPolicy> retryPolicy(String type) {
        return Optional.empty();
    }

    @Override
    Optional<Duration> runningLimit(String type) {
        return Optional.empty();
    }

    @Override
    Optional<Duration> heartbeatLimit(String type) {
        return Optional.empty();
    }
}
