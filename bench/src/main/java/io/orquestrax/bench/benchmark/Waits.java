package io.orquestrax.bench.benchmark;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition. */
final class Waits {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration STEP = Duration.ofMillis(50);

    private Waits() {}

    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long endNanos = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > endNanos) {
                throw new IllegalStateException("Expected that " + what + ", but it was not so after " + LIMIT);
            }
            Thread.sleep(STEP);
        }
    }
}
