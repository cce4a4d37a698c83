package io.orquestrax.engine;

import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.engine.command.JobRetryPolicy;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * How long to wait before trying again. What is drawn at random is drawn from the instance, the activation and the
 * attempt, so that a decision made twice is the same.
 */
final class Backoff {
    /** Longest delay that any policy comes to. */
    private static final Duration MAX_DELAY = Duration.ofDays(365);

    private Backoff() {}

    /**
     * @param retryNumber from 1
     */
    static Duration delay(RetrySpec.Backoff backoff, Duration delay, int retryNumber) {
        return switch (backoff) {
            case CONSTANT -> delay;
            case LINEAR -> scaled(delay, retryNumber);
            case EXPONENTIAL -> scaled(delay, Math.pow(2, retryNumber - 1));
        };
    }

    /** Uniform in [from, to]. */
    static Duration between(Duration from, Duration to, UUID instance, long activation, int attempt) {
        if (to.compareTo(from) <= 0) {
            return from;
        }
        return from.plus(scaled(to.minus(from), draw(instance, activation, attempt)));
    }

    /**
     * @param retryNumber from 1
     */
    static Duration delay(JobRetryPolicy policy, int retryNumber, UUID instance, long activation) {
        Duration delay = scaled(policy.delay(), Math.pow(policy.backoff(), retryNumber - 1));
        Duration cap = policy.maxDelay();
        Duration capped = cap != null && delay.compareTo(cap) > 0 ? cap : delay;
        return capped.plus(scaled(capped, policy.jitter() * draw(instance, activation, retryNumber)));
    }

    private static double draw(UUID instance, long activation, int attempt) {
        long seed = instance.getMostSignificantBits()
                ^ Long.rotateLeft(instance.getLeastSignificantBits(), 17)
                ^ (activation * 0x9E3779B97F4A7C15L)
                ^ ((long) attempt << 32);
        return new SplittableRandom(seed).nextDouble();
    }

    private static Duration scaled(Duration duration, double factor) {
        double millis = duration.toNanos() / 1e6 * factor;
        return millis >= MAX_DELAY.toMillis() ? MAX_DELAY : Duration.ofNanos(Math.round(millis * 1e6));
    }
}
