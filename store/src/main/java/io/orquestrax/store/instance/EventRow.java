package io.orquestrax.store.instance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the history.
 *
 * @param sequence from 1
 * @param task JSON pointer; null for events of the instance itself
 * @param activation 0 where there is none
 * @param attempt 0 where there is none
 * @param data JSON text
 */
public record EventRow(
        UUID instance,
        long sequence,
        Instant time,
        String type,
        @Nullable String task,
        long activation,
        int attempt,
        String data) {}
