package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * When and how a try task runs again.
 *
 * @param maxRetries retries beside the first execution; absent for no limit
 * @param attemptDuration longest time of each attempt
 * @param totalDuration longest time during which to retry
 */
public record RetrySpec(
        @Nullable Expression when,
        @Nullable Expression exceptWhen,
        @Nullable DurationSpec delay,
        Backoff backoff,
        @Nullable Integer maxRetries,
        @Nullable DurationSpec attemptDuration,
        @Nullable DurationSpec totalDuration,
        @Nullable DurationSpec jitterFrom,
        @Nullable DurationSpec jitterTo) {

    /** The n-th delay, from 1: delay, delay · n, delay · 2^(n−1). */
    public enum Backoff {
        CONSTANT,
        LINEAR,
        EXPONENTIAL
    }
}
