package io.orquestrax.sdk.worker;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How failed attempts of a job are repeated, by the server: immutable, each method answers a changed copy.
 *
 * @param maxAttempts executions in all, the first one included; at least 1
 * @param delay before the second execution
 * @param backoff each delay is the one before times this; 1 for a constant delay
 * @param maxDelay longest delay; null for no bound
 * @param jitter part of the delay, 0 to 1, that is drawn at random and added
 * @param nonRetryableErrors error types that are not retried
 */
public record RetryPolicy(
        int maxAttempts,
        Duration delay,
        double backoff,
        @Nullable Duration maxDelay,
        double jitter,
        Set<String> nonRetryableErrors) {

    public RetryPolicy {
        nonRetryableErrors = Set.copyOf(nonRetryableErrors);
        require(maxAttempts >= 1, "at least 1 attempt", maxAttempts);
        require(!delay.isNegative(), "a delay of at least nothing", delay);
        require(backoff >= 1 && backoff < Double.POSITIVE_INFINITY, "a backoff of at least 1", backoff);
        require(jitter >= 0 && jitter <= 1, "a jitter of 0 to 1", jitter);
        require(maxDelay == null || !maxDelay.isNegative(), "a longest delay of at least nothing", maxDelay);
    }

    /** So many executions, one second apart at first and twice as long each time, with a fifth of jitter. */
    public static RetryPolicy attempts(int maxAttempts) {
        return new RetryPolicy(maxAttempts, Duration.ofSeconds(1), 2, null, 0.2, Set.of());
    }

    public RetryPolicy withDelay(Duration value) {
        return new RetryPolicy(maxAttempts, value, backoff, maxDelay, jitter, nonRetryableErrors);
    }

    public RetryPolicy withBackoff(double value) {
        return new RetryPolicy(maxAttempts, delay, value, maxDelay, jitter, nonRetryableErrors);
    }

    public RetryPolicy withMaxDelay(Duration value) {
        return new RetryPolicy(maxAttempts, delay, backoff, value, jitter, nonRetryableErrors);
    }

    public RetryPolicy withJitter(double value) {
        return new RetryPolicy(maxAttempts, delay, backoff, maxDelay, value, nonRetryableErrors);
    }

    public RetryPolicy withNonRetryableErrors(String... types) {
        return new RetryPolicy(maxAttempts, delay, backoff, maxDelay, jitter, Set.of(types));
    }

    private static void require(boolean holds, String expected, @Nullable Object actual) {
        if (!holds) {
            throw new IllegalArgumentException("Expected " + expected + ", but got " + actual);
        }
    }
}
