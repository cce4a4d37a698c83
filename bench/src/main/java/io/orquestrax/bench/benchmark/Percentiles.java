package io.orquestrax.bench.benchmark;

import java.util.Arrays;

/** Times of which some share was not longer than … */
final class Percentiles {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sortedNanos;

    /** @param count how many of them there are, from the first */
    Percentiles(long[] nanos, int count) {
        sortedNanos = Arrays.copyOf(nanos, count);
        Arrays.sort(sortedNanos);
    }

    /** By the nearest rank; NaN where there are none. */
    double millis(double share) {
        if (sortedNanos.length == 0) {
            return Double.NaN;
        }
        return sortedNanos[Math.max(0, (int) Math.ceil(share * sortedNanos.length) - 1)] / NANOS_PER_MILLI;
    }
}
