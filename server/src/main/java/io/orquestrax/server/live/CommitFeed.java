package io.orquestrax.server.live;

import io.orquestrax.engine.event.Origin;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers what was committed, right after the commit, by whichever node; in order for each instance.
 *
 * <p>A watcher is two things: what is called with each change, and what is called where changes may have been missed,
 * upon which it reads again. It is told so once right after it began, where another node commits; after a partition
 * changed hands; and after a link was lost or could not keep up. Both are called on the thread that brings the news:
 * they must hand over and return.
 */
public final class CommitFeed {
    private static final Logger LOG = LoggerFactory.getLogger(CommitFeed.class);

    private final Set<Watcher> everything = new CopyOnWriteArraySet<>();
    private final ConcurrentHashMap<UUID, Set<Watcher>> byInstance = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, Set<Watcher>> byParent = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, Set<Watcher>> byEnding = new ConcurrentHashMap<>();
    private volatile Elsewhere elsewhere = Elsewhere.NOWHERE;

    /** Not a record: two watchers that do the same are two. */
    private static final class Watcher {
        private final Consumer<InstanceChange> changed;
        private final Runnable missed;

        Watcher(Consumer<InstanceChange> changed, Runnable missed) {
            this.changed = changed;
            this.missed = missed;
        }
    }

    /** The feeds of the other nodes. Its methods return at once. */
    public interface Elsewhere {
        Elsewhere NOWHERE = new Elsewhere() {
            @Override
            public void changed(Interest interest) {}

            @Override
            public boolean isInterested(UUID instance, @Nullable Origin origin, boolean ends) {
                return false;
            }

            @Override
            public void committed(InstanceChange change) {}
        };

        /** Somebody here began to watch that, or nobody does any more: {@link CommitFeed#isWatched(Interest)} says. */
        void changed(Interest interest);

        /** Whether somebody there wants a change of this instance. */
        boolean isInterested(UUID instance, @Nullable Origin origin, boolean ends);

        /** This node committed it; called in the order of the commits of each instance. */
        void committed(InstanceChange change);
    }

    /** What somebody watches. */
    public sealed interface Interest {
        record Everything() implements Interest {}

        record Instance(UUID id) implements Interest {}

        record ChildrenOf(UUID parent) implements Interest {}

        /** Of all changes of an instance, those that end it. */
        record EndOf(UUID id) implements Interest {}
    }

    /** Before the first watcher. */
    public void connect(Elsewhere others) {
        elsewhere = others;
    }

    public Subscription watchAll(Consumer<InstanceChange> changed, Runnable missed) {
        Interest interest = new Interest.Everything();
        Watcher watcher = new Watcher(changed, missed);
        everything.add(watcher);
        elsewhere.changed(interest);
        return () -> {
            everything.remove(watcher);
            elsewhere.changed(interest);
        };
    }

    public Subscription watch(UUID instance, Consumer<InstanceChange> changed, Runnable missed) {
        return watch(byInstance, instance, new Interest.Instance(instance), new Watcher(changed, missed));
    }

    /** Tells of the instances that tasks of this one started. */
    public Subscription watchChildren(UUID parent, Consumer<InstanceChange> changed, Runnable missed) {
        return watch(byParent, parent, new Interest.ChildrenOf(parent), new Watcher(changed, missed));
    }

    /** Tells of nothing but the end of an instance, which costs nothing until then. */
    public Subscription watchEnd(UUID instance, Consumer<InstanceChange> ended, Runnable missed) {
        return watch(byEnding, instance, new Interest.EndOf(instance), new Watcher(ended, missed));
    }

    private Subscription watch(ConcurrentHashMap<UUID, Set<Watcher>> by, UUID key, Interest interest, Watcher watcher) {
        AtomicBoolean isFirst = new AtomicBoolean();
        by.compute(key, (id, before) -> {
            isFirst.set(before == null);
            Set<Watcher> present = before == null ? new CopyOnWriteArraySet<>() : before;
            present.add(watcher);
            return present;
        });
        // Not before: whoever is told may answer that changes were missed, which this watcher must hear.
        if (isFirst.get()) {
            elsewhere.changed(interest);
        }
        return () -> {
            Set<Watcher> left = by.computeIfPresent(key, (id, present) -> {
                present.remove(watcher);
                return present.isEmpty() ? null : present;
            });
            if (left == null) {
                elsewhere.changed(interest);
            }
        };
    }

    /** Whether anybody here watches that. */
    public boolean isWatched(Interest interest) {
        return switch (interest) {
            case Interest.Everything all -> !everything.isEmpty();
            case Interest.Instance(UUID id) -> byInstance.containsKey(id);
            case Interest.ChildrenOf(UUID parent) -> byParent.containsKey(parent);
            case Interest.EndOf(UUID id) -> byEnding.containsKey(id);
        };
    }

    /**
     * Whether anybody on any node wants to be told of a change: of this instance, of all of them, or of the children of
     * the one that started it.
     *
     * @param ends whether the change ends the instance
     */
    public boolean isWanted(UUID instance, @Nullable Origin origin, boolean ends) {
        return !everything.isEmpty()
                || byInstance.containsKey(instance)
                || ends && byEnding.containsKey(instance)
                || origin instanceof Origin.Parent parent && byParent.containsKey(parent.instance())
                || elsewhere.isInterested(instance, origin, ends);
    }

    /** This node committed it. */
    public void publish(InstanceChange change) {
        tell(change);
        elsewhere.committed(change);
    }

    /** Another node committed it. */
    public void publishFromElsewhere(InstanceChange change) {
        tell(change);
    }

    /** Some of what another node committed may not have come. */
    public void missed(Collection<Interest> interests) {
        for (Interest interest : interests) {
            Set<Watcher> watchers = switch (interest) {
                case Interest.Everything all -> everything;
                case Interest.Instance(UUID id) -> byInstance.getOrDefault(id, Set.of());
                case Interest.ChildrenOf(UUID parent) -> byParent.getOrDefault(parent, Set.of());
                case Interest.EndOf(UUID id) -> byEnding.getOrDefault(id, Set.of());
            };
            watchers.forEach(watcher -> safely(watcher.missed, interest));
        }
    }

    private void tell(InstanceChange change) {
        UUID id = change.instance().id();
        everything.forEach(watcher -> tell(watcher, change));
        byInstance.getOrDefault(id, Set.of()).forEach(watcher -> tell(watcher, change));
        if (change.instance().origin() instanceof Origin.Parent parent) {
            byParent.getOrDefault(parent.instance(), Set.of()).forEach(watcher -> tell(watcher, change));
        }
        if (change.isEnd()) {
            byEnding.getOrDefault(id, Set.of()).forEach(watcher -> tell(watcher, change));
        }
    }

    private static void tell(Watcher watcher, InstanceChange change) {
        safely(() -> watcher.changed.accept(change), change.instance().id());
    }

    private static void safely(Runnable watcher, Object of) {
        try {
            watcher.run();
        } catch (RuntimeException bug) {
            LOG.error("A watcher of {} failed", of, bug);
        }
    }
}
