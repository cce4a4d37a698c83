package io.orquestrax.server.job;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings jobs and takers together. Of one type either jobs wait or takers are ready, never both.
 *
 * <p>Guarded by the dispatcher's lock.
 */
final class Matching {
    private static final Comparator<Job> BEST_FIRST = Comparator.comparingInt(Job::priority)
            .reversed()
            .thenComparingLong(Job::turn)
            .thenComparing(job -> job.id().instance())
            .thenComparingLong(job -> job.id().activation())
            .thenComparingInt(job -> job.id().attempt());

    /** What other nodes lent is not lent on. */
    private final Map<String, TreeSet<Job>> borrowed = new HashMap<>();

    private final Map<String, TreeSet<Job>> own = new HashMap<>();
    private final Ready near = new Ready();
    private final Ready far = new Ready();
    private CapacityWatcher watcher = (taker, isMore) -> {};

    /** Learns when workers of this node have more or less room than before. */
    interface CapacityWatcher {
        void changed(Taker taker, boolean isMore);
    }

    void watch(CapacityWatcher capacityWatcher) {
        watcher = capacityWatcher;
    }

    /** Gives the job to a ready taker, in turns; queues it where there is none. */
    void enqueue(Job job) {
        Taker next = nextReady(job);
        if (next == null) {
            queues(job)
                    .computeIfAbsent(job.type(), type -> new TreeSet<>(BEST_FIRST))
                    .add(job);
            return;
        }
        next.take(job);
        if (next.free() == 0) {
            ready(next).remove(next);
        }
        tell(next, false);
    }

    private @Nullable Taker nextReady(Job job) {
        Taker next = near.next(job.type());
        return next != null || job.isBorrowed() ? next : far.next(job.type());
    }

    /** Takes the job from its queue; one that is in none is left alone. */
    void dequeue(Job job) {
        Map<String, TreeSet<Job>> queues = queues(job);
        TreeSet<Job> queue = queues.get(job.type());
        if (queue != null && queue.remove(job) && queue.isEmpty()) {
            queues.remove(job.type());
        }
    }

    private Map<String, TreeSet<Job>> queues(Job job) {
        return job.isBorrowed() ? borrowed : own;
    }

    /** Gives what waits, best first, to a taker that has room; one that still has room then is ready for more. */
    void fill(Taker taker) {
        Ready ready = ready(taker);
        if (ready.contains(taker)) {
            return;
        }
        while (taker.free() > 0) {
            Job best = best(taker);
            if (best == null) {
                ready.add(taker);
                tell(taker, true);
                return;
            }
            dequeue(best);
            taker.take(best);
        }
    }

    void unlist(Taker taker) {
        ready(taker).remove(taker);
        tell(taker, false);
    }

    /** How many more jobs the workers of this node take now, by the types that they take. */
    Map<Set<String>, Integer> freeNear() {
        Map<Set<String>, Integer> free = new HashMap<>();
        near.all().forEach(taker -> {
            if (taker.free() > 0) {
                free.merge(taker.types(), taker.free(), Integer::sum);
            }
        });
        return free;
    }

    private void tell(Taker taker, boolean isMore) {
        if (taker.isNear()) {
            watcher.changed(taker, isMore);
        }
    }

    private Ready ready(Taker taker) {
        return taker.isNear() ? near : far;
    }

    private @Nullable Job best(Taker taker) {
        Job best = null;
        for (String type : taker.types()) {
            best = better(best, own.get(type));
            best = taker.isNear() ? better(best, borrowed.get(type)) : best;
        }
        return best;
    }

    private static @Nullable Job better(@Nullable Job best, @Nullable TreeSet<Job> queue) {
        if (queue == null) {
            return best;
        }
        return best == null || BEST_FIRST.compare(queue.first(), best) < 0 ? queue.first() : best;
    }
}
