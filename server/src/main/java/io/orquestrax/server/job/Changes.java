package io.orquestrax.server.job;

import io.orquestrax.server.live.WorkChange;
import io.orquestrax.server.live.WorkFeed;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Tells the feed what changed, outside the lock: the first change at once, and those that follow within a pause
 * together after it, so that neither a flood of heartbeats nor of jobs becomes a flood of views.
 *
 * <p>Guarded by the dispatcher's lock, but for {@link #flush}. Whoever begins to watch reads after that, and so sees
 * what was left out because nobody watched.
 */
final class Changes {
    static final Duration PAUSE = Duration.ofMillis(100);

    private final WorkFeed feed;
    private final Serial serial;
    private final Runnable onTypes;
    private final Object monitor = new Object();
    private Set<UUID> instances = new HashSet<>();
    private boolean areWorkersPending;
    private boolean areTypesPending;
    private boolean isPausing;

    /**
     * @param onTypes told, also where nobody watches, that other types of jobs may be taken than before
     */
    Changes(WorkFeed feed, Serial serial, Runnable onTypes) {
        this.feed = feed;
        this.serial = serial;
        this.onTypes = onTypes;
    }

    /** Somebody has the job, or nobody has it any more. */
    void changedHands(Job job) {
        progressed(job);
        workers();
    }

    void progressed(Job job) {
        if (feed.isWatched(job.id().instance())) {
            add(() -> instances.add(job.id().instance()));
        }
    }

    /** A worker has other jobs, or says something else of itself. */
    void workers() {
        if (feed.areWorkersWatched()) {
            add(() -> areWorkersPending = true);
        }
    }

    /** A worker came or went, or takes other types than before. */
    void types() {
        onTypes.run();
        if (feed.areWorkersWatched() || feed.isAnyWatched()) {
            add(() -> {
                areWorkersPending = true;
                areTypesPending = true;
            });
        }
    }

    private void add(Runnable change) {
        synchronized (monitor) {
            change.run();
        }
        if (!isPausing) {
            tell();
        }
    }

    private void tell() {
        isPausing = true;
        serial.afterwards(this::flush);
        serial.later(PAUSE, this::rested);
    }

    private void rested() {
        boolean isMore;
        synchronized (monitor) {
            isMore = areWorkersPending || areTypesPending || !instances.isEmpty();
        }
        if (isMore) {
            tell();
        } else {
            isPausing = false;
        }
    }

    private void flush() {
        WorkChange told;
        synchronized (monitor) {
            told = new WorkChange(instances, areWorkersPending, areTypesPending);
            instances = new HashSet<>();
            areWorkersPending = false;
            areTypesPending = false;
        }
        feed.publish(told);
    }
}
