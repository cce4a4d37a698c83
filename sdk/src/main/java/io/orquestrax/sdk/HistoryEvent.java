package io.orquestrax.sdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One fact of an instance's history.
 *
 * @param sequence from 1
 * @param task JSON pointer of the task; empty for events of the instance itself
 * @param activation 0 where the event is of no activation
 * @param attempt 0 where the event is of no attempt
 */
public record HistoryEvent(
        long sequence,
        String type,
        @Nullable Instant time,
        String task,
        long activation,
        int attempt,
        @Nullable Payload data) {}
