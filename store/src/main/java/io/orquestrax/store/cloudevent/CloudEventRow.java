package io.orquestrax.store.cloudevent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent to be stored.
 *
 * @param subject null where it has none
 * @param envelope JSON text, the whole event in the JSON format of CloudEvents
 * @param origin the instance that emitted it; null where it came from outside
 */
public record CloudEventRow(
        String source,
        String id,
        String type,
        @Nullable String subject,
        String envelope,
        @Nullable UUID origin,
        Instant receivedAt) {

    /** Without a subject. */
    public CloudEventRow(
            String source, String id, String type, String envelope, @Nullable UUID origin, Instant receivedAt) {
        this(source, id, type, null, envelope, origin, receivedAt);
    }
}
