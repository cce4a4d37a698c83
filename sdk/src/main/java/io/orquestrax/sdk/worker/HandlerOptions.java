package io.orquestrax.sdk.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the server is told about a handler: immutable, each method answers a changed copy.
 *
 * @param retry how failed attempts are repeated before the workflow sees the error; null for not at all
 * @param runningLimit longest run of one attempt; null for no limit
 * @param heartbeatLimit longest silence between two heartbeats; null where the handler sends none
 */
public record HandlerOptions(
        @Nullable RetryPolicy retry,
        @Nullable Duration runningLimit,
        @Nullable Duration heartbeatLimit) {
    public static final HandlerOptions NONE = new HandlerOptions(null, null, null);

    public HandlerOptions {
        requirePositive("running limit", runningLimit);
        requirePositive("heartbeat limit", heartbeatLimit);
    }

    public HandlerOptions withRetry(RetryPolicy value) {
        return new HandlerOptions(value, runningLimit, heartbeatLimit);
    }

    public HandlerOptions withRunningLimit(Duration value) {
        return new HandlerOptions(retry, value, heartbeatLimit);
    }

    public HandlerOptions withHeartbeatLimit(Duration value) {
        return new HandlerOptions(retry, runningLimit, value);
    }

    private static void requirePositive(String name, @Nullable Duration limit) {
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new IllegalArgumentException("Expected a " + name + " longer than nothing, but got " + limit);
        }
    }
}
