package io.orquestrax.store.instance;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
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
 * @param origin null where a caller started it; a parent is taken as awaiting, for its row does not say
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
        Map<String, String> tags,
        @Nullable Origin origin) {

    public InstanceRow {
        tags = Map.copyOf(tags);
    }

    /** Started by a caller. */
    public InstanceRow(
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
        this(
                id,
                partition,
                definition,
                contentHash,
                key,
                status,
                startedAt,
                updatedAt,
                closedAt,
                wakeAt,
                input,
                output,
                error,
                tags,
                null);
    }
}
