package io.orquestrax.engine.command;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handler's own policy for failed attempts.
 *
 * @param maxAttempts executions in all, the first one included
 * @param backoff factor from one delay to the next, at least 1
 * @param jitter part of the delay, 0 to 1, that is drawn and added
 * @param nonRetryableErrors error types that go to the workflow at once
 */
public record JobRetryPolicy(
        int maxAttempts,
        Duration delay,
        double backoff,
        @Nullable Duration maxDelay,
        double jitter,
        Set<String> nonRetryableErrors) {

    public JobRetryPolicy {
        nonRetryableErrors = Set.copyOf(nonRetryableErrors);
    }
}
