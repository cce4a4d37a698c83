package io.orquestrax.server.job;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
    private static final Comparator<Job> BEST_FIRST =
            Comparator.comparingInt(Job::priority).reversed().thenComparingLong(Job::turn);

    private final Map<String, TreeSet<Job>> queues = new HashMap<>();
    private final Map<String, LinkedHashSet<Taker>> ready = new HashMap<>();

    /** Gives the job to a ready taker, in turns; queues it where there is none. */
    void enqueue(Job job) {
        Taker next = nextReady(job.type());
        if (next == null) {
            queues.computeIfAbsent(job.type(), type -> new TreeSet<>(BEST_FIRST))
                    .add(job);
            return;
        }
        next.take(job);
        if (next.free() == 0) {
            unlist(next);
        }
    }

    /** One that has no room any more, for other reasons than its jobs, leaves the list here. */
    private @Nullable Taker nextReady(String type) {
        for (LinkedHashSet<Taker> takers = ready.get(type); takers != null; takers = ready.get(type)) {
            Taker next = takers.getFirst();
            if (next.free() > 0) {
                takers.addLast(next);
                return next;
            }
            unlist(next);
        }
        return null;
    }

    /** Takes the job from its queue; one that is in none is left alone. */
    void dequeue(Job job) {
        TreeSet<Job> queue = queues.get(job.type());
        if (queue != null && queue.remove(job) && queue.isEmpty()) {
            queues.remove(job.type());
        }
    }

    /** Gives what waits, best first, to a taker that has room; one that still has room then is ready for more. */
    void fill(Taker taker) {
        if (isListed(taker)) {
            return;
        }
        while (taker.free() > 0) {
            Job best = best(taker.types());
            if (best == null) {
                list(taker);
                return;
            }
            dequeue(best);
            taker.take(best);
        }
    }

    void unlist(Taker taker) {
        for (String type : taker.types()) {
            LinkedHashSet<Taker> takers = ready.get(type);
            if (takers != null && takers.remove(taker) && takers.isEmpty()) {
                ready.remove(type);
            }
        }
    }

    private void list(Taker taker) {
        for (String type : taker.types()) {
            ready.computeIfAbsent(type, any -> new LinkedHashSet<>()).add(taker);
        }
    }

    private boolean isListed(Taker taker) {
        return taker.types().stream()
                .findFirst()
                .map(ready::get)
                .map(takers -> takers.contains(taker))
                .orElse(false);
    }

    private @Nullable Job best(Set<String> types) {
        Job best = null;
        for (String type : types) {
            TreeSet<Job> queue = queues.get(type);
            if (queue != null && (best == null || BEST_FIRST.compare(queue.first(), best) < 0)) {
                best = queue.first();
            }
        }
        return best;
    }
}
