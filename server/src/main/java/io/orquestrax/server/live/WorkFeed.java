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

    /**
     * Tells when work on this instance changed, and when workers come or go, who may be what its jobs wait for.
     *
     * @param watcher called on the thread of a worker's call: it must hand over and return
     */
    public Subscription watch(UUID instance, Runnable watcher) {
        byInstance.compute(instance, (id, watchers) -> {
            Set<Runnable> present = watchers == null ? new CopyOnWriteArraySet<>() : watchers;
            present.add(watcher);
            return present;
        });
        return () -> byInstance.computeIfPresent(instance, (id, watchers) -> {
            watchers.remove(watcher);
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
        return () -> ofWorkers.remove(watcher);
    }

    /** Whether anybody watches this instance. */
    public boolean isWatched(UUID instance) {
        return byInstance.containsKey(instance);
    }

    /** Whether anybody watches any instance. */
    public boolean isAnyWatched() {
        return !byInstance.isEmpty();
    }

    /** Whether anybody watches the workers. */
    public boolean areWorkersWatched() {
        return !ofWorkers.isEmpty();
    }

    public void publish(WorkChange change) {
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
