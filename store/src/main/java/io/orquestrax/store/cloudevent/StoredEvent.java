package io.orquestrax.store.cloudevent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that is kept, and what came of it.
 *
 * @param position order of arrival
 * @param subject null where it has none
 * @param origin the instance that emitted it; null where it came from outside
 * @param isDelivered whether it was offered to all that listened when it came
 * @param offered how many instances that were
 * @param isConsumed whether any instance or schedule took it
 * @param taken how many instances are known to have taken it, counted to {@link #MOST_COUNTED}
 * @param envelope JSON text, the whole event in the JSON format of CloudEvents; null where a list left it out
 */
public record StoredEvent(
        long position,
        String source,
        String id,
        String type,
        @Nullable String subject,
        @Nullable UUID origin,
        Instant receivedAt,
        boolean isDelivered,
        int offered,
        boolean isConsumed,
        int taken,
        @Nullable String envelope) {
    /** One event may be taken by very many, and a list counts for each of its rows. */
    public static final int MOST_COUNTED = 100;

    public StoredEvent withoutEnvelope() {
        return new StoredEvent(
                position, source, id, type, subject, origin, receivedAt, isDelivered, offered, isConsumed, taken, null);
    }
}
