package io.orquestrax.server.partition;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts that wait until the partition has time for them: what runs already goes first, for a node that begins more than
 * it can finish finishes nothing. For the partition's thread, where it does not say otherwise.
 */
final class WaitingStarts {
    private final long patienceNanos;
    private final Deque<Message.Ask> waiting = new ArrayDeque<>();

    /** Since when the first of them waits for nothing but time; null where there is none. */
    private volatile @Nullable Long firstWaitsSinceNanos;

    private long servedSinceNanos = System.nanoTime();

    /**
     * @param patience how long one may wait before no more are taken
     */
    WaitingStarts(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /**
     * From any thread: whether the first has waited for too long, so that one more would too.
     *
     * @param nowNanos as of {@link System#nanoTime}
     */
    boolean isLate(long nowNanos) {
        Long since = firstWaitsSinceNanos;
        return since != null && nowNanos - since > patienceNanos;
    }

    /**
     * The partition decides from now on. Starts came before, which is no sign that it has more than it can do.
     *
     * @param nowNanos as of {@link System#nanoTime}
     */
    void serves(long nowNanos) {
        servedSinceNanos = nowNanos;
    }

    void add(Message.Ask start) {
        waiting.add(start);
        look();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Message.@Nullable Ask poll() {
        Message.Ask first = waiting.poll();
        look();
        return first;
    }

    List<Message.Ask> takeAll() {
        List<Message.Ask> all = new ArrayList<>(waiting);
        waiting.clear();
        look();
        return all;
    }

    private void look() {
        Message.Ask first = waiting.peek();
        firstWaitsSinceNanos = first == null ? null : (Long) later(first.cameNanos(), servedSinceNanos);
    }

    private static long later(long nanos, long otherNanos) {
        return nanos - otherNanos > 0 ? nanos : otherNanos;
    }
}
