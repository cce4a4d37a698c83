package io.orquestrax.server.live;

import io.orquestrax.engine.event.Origin;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells watchers what was committed, right after the commit. */
public final class CommitFeed {
    private static final Logger LOG = LoggerFactory.getLogger(CommitFeed.class);

    private final Set<Consumer<InstanceChange>> everything = new CopyOnWriteArraySet<>();
    private final ConcurrentHashMap<UUID, Set<Consumer<InstanceChange>>> byInstance = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, Set<Consumer<InstanceChange>>> byParent = new ConcurrentHashMap<>();

    /** The watcher is called on the committing thread: it must hand over and return. */
    public Subscription watchAll(Consumer<InstanceChange> watcher) {
        everything.add(watcher);
        return () -> everything.remove(watcher);
    }

    /** The watcher is called on the committing thread: it must hand over and return. */
    public Subscription watch(UUID instance, Consumer<InstanceChange> watcher) {
        return watch(byInstance, instance, watcher);
    }

    /** Tells of the instances that tasks of this one started. The watcher is called as by {@link #watch}. */
    public Subscription watchChildren(UUID parent, Consumer<InstanceChange> watcher) {
        return watch(byParent, parent, watcher);
    }

    private static Subscription watch(
            ConcurrentHashMap<UUID, Set<Consumer<InstanceChange>>> by, UUID key, Consumer<InstanceChange> watcher) {
        by.compute(key, (id, watchers) -> {
            Set<Consumer<InstanceChange>> present = watchers == null ? new CopyOnWriteArraySet<>() : watchers;
            present.add(watcher);
            return present;
        });
        return () -> by.computeIfPresent(key, (id, watchers) -> {
            watchers.remove(watcher);
            return watchers.isEmpty() ? null : watchers;
        });
    }

    /** Whether anybody watches this instance or all of them. */
    public boolean isWatched(UUID instance) {
        return !everything.isEmpty() || byInstance.containsKey(instance);
    }

    /** As {@link #isWatched(UUID)}, or the children of the one that started it are watched. */
    public boolean isWatched(UUID instance, @Nullable Origin origin) {
        return isWatched(instance) || origin instanceof Origin.Parent parent && byParent.containsKey(parent.instance());
    }

    public void publish(InstanceChange change) {
        everything.forEach(watcher -> tell(watcher, change));
        byInstance.getOrDefault(change.instance().id(), Set.of()).forEach(watcher -> tell(watcher, change));
        if (change.instance().origin() instanceof Origin.Parent parent) {
            byParent.getOrDefault(parent.instance(), Set.of()).forEach(watcher -> tell(watcher, change));
        }
    }

    private static void tell(Consumer<InstanceChange> watcher, InstanceChange change) {
        try {
            watcher.accept(change);
        } catch (RuntimeException bug) {
            LOG.error("Instance {}: a watcher failed", change.instance().id(), bug);
        }
    }
}
