package io.orquestrax.store.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger does now that it is due.
 *
 * @param nextAt when it is due again; absent where something else decides that
 * @param start absent where it starts nothing, for example since it cannot be read any more
 */
public record Firing(@Nullable Instant nextAt, @Nullable Start start) {

    /**
     * An instance that is to start.
     *
     * @param instance a UUIDv7 that is the same however often this firing is tried
     * @param data the message, JSON text
     */
    public record Start(UUID instance, int partition, String data) {}
}
