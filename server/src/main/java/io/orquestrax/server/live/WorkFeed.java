package io.orquestrax.server.live;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers what changes without a commit: who works on an instance, how far it is, and which workers there are. */
public final class WorkFeed {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFeed.class);

    private final Set<Runnable> ofWorkers = new CopyOnWriteArraySet<>();
    private final ConcurrentHashMap<UUID, Set<Runnable>> byInstance = new ConcurrentHashMap<>();
    private volatile Elsewhere elsewhere = Elsewhere.NOWHERE;

    /** Those who watch at other nodes. Its methods return at once. */
    public interface Elsewhere {
        Elsewhere NOWHERE = new Elsewhere() {
            @Override
            public boolean isWatched(UUID instance) {
                return false;
            }

            @Override
            public boolean areWorkersWatched() {
                return false;
            }

            @Override
            public void publish(WorkChange change) {}

            @Override
            public void watched(UUID instance, boolean isWatched) {}

            @Override
            public void workersWatched(boolean areWatched) {}
        };

        boolean isWatched(UUID instance);

        boolean areWorkersWatched();

        void publish(WorkChange change);

        /** Somebody here began to watch the instance, or nobody does any more. */
        void watched(UUID instance, boolean isWatched);

        void workersWatched(boolean areWatched);
    }

    public void connect(Elsewhere otherNodes) {
        elsewhere = otherNodes;
    }

    /**
     * Tells when work on this instance changed, and when workers come or go, who may be what its jobs wait for.
     *
     * @param watcher called on the thread of a worker's call: it must hand over and return
     */
    public Subscription watch(UUID instance, Runnable watcher) {
        byInstance.compute(instance, (id, watchers) -> {
            Set<Runnable> present = watchers == null ? new CopyOnWriteArraySet<>() : watchers;
            present.add(watcher);
            if (watchers == null) {
                elsewhere.watched(id, true);
            }
            return present;
        });
        return () -> byInstance.computeIfPresent(instance, (id, watchers) -> {
            watchers.remove(watcher);
            if (watchers.isEmpty()) {
                elsewhere.watched(id, false);
            }
            return watchers.isEmpty() ? null : watchers;
        });
    }

    /**
     * Tells when workers come, go, or have other jobs than before.
     *
     * @param watcher as of {@link #watch}
     */
    public Subscription watchWorkers(Runnable watcher) {
        ofWorkers.add(watcher);
        elsewhere.workersWatched(true);
        return () -> {
            ofWorkers.remove(watcher);
            elsewhere.workersWatched(areWorkersWatchedHere());
        };
    }

    /** Whether anybody watches this instance, at any node. */
    public boolean isWatched(UUID instance) {
        return byInstance.containsKey(instance) || elsewhere.isWatched(instance);
    }

    /** The instances that somebody watches at this node. */
    public Set<UUID> watchedHere() {
        return Set.copyOf(byInstance.keySet());
    }

    /** Whether anybody watches any instance. */
    public boolean isAnyWatched() {
        return !byInstance.isEmpty();
    }

    /** Whether anybody watches the workers, at any node. */
    public boolean areWorkersWatched() {
        return areWorkersWatchedHere() || elsewhere.areWorkersWatched();
    }

    public boolean areWorkersWatchedHere() {
        return !ofWorkers.isEmpty();
    }

    /** A change at this node. */
    public void publish(WorkChange change) {
        elsewhere.publish(change);
        tell(change);
    }

    /** A change at another node. */
    public void tell(WorkChange change) {
        if (change.isOfWorkers()) {
            ofWorkers.forEach(WorkFeed::tell);
        }
        if (change.isOfTypes()) {
            byInstance.values().forEach(watchers -> watchers.forEach(WorkFeed::tell));
        } else {
            change.instances()
                    .forEach(id -> byInstance.getOrDefault(id, Set.of()).forEach(WorkFeed::tell));
        }
    }

    private static void tell(Runnable watcher) {
        try {
            watcher.run();
        } catch (RuntimeException bug) {
            LOG.error("A watcher of the work failed", bug);
        }
    }
}
