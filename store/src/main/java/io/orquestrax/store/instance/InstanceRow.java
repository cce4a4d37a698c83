package io.orquestrax.store.instance;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row of an instance: written when it starts, when its status changes and when it closes.
 *
 * @param input JSON text; null where a list left it out
 * @param output JSON text; null until completed, or where a list left it out
 * @param error JSON text; null unless faulted
 * @param wakeAt when it wants to be woken; null where nothing is due
 */
public record InstanceRow(
        UUID id,
        int partition,
        DefinitionId definition,
        String contentHash,
        @Nullable String key,
        Status status,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant closedAt,
        @Nullable Instant wakeAt,
        @Nullable String input,
        @Nullable String output,
        @Nullable String error,
        Map<String, String> tags) {

    public InstanceRow {
        tags = Map.copyOf(tags);
    }
}
