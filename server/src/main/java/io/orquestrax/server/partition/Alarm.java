package io.orquestrax.server.partition;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a partition that its time has come. For the partition's thread.
 *
 * <p>Each wait of a virtual thread that has an end wakes a thread that keeps the time, twice; one alarm does for all the
 * waits before it.
 */
final class Alarm {
    private final LongConsumer ring;
    private @Nullable Future<?> set;
    private long setForNanos;

    /** @param ring told, on any thread, for which time it was set */
    Alarm(LongConsumer ring) {
        this.ring = ring;
    }

    /** Rings in so long at the latest. */
    void within(long nanos) {
        long atNanos = System.nanoTime() + nanos;
        if (set != null && setForNanos - atNanos <= 0) {
            return;
        }
        clear();
        setForNanos = atNanos;
        set = ForkJoinPool.commonPool().schedule(() -> ring.accept(atNanos), nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * It rang.
     *
     * @param atNanos as it told; of no effect where it has been set anew since
     */
    void rang(long atNanos) {
        if (setForNanos == atNanos) {
            set = null;
        }
    }

    /** It may still ring once. */
    void clear() {
        Future<?> before = set;
        set = null;
        if (before != null) {
            before.cancel(false);
        }
    }
}
