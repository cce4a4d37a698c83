package io.orquestrax.store.retention;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Instances whose ids lie between two others, in tables of their own.
 *
 * @param from the first; null where it has no beginning
 * @param to the first after it; null where it has no end
 * @param isKept whether it holds what outlived the ranges that were there before
 */
record IdRange(int number, @Nullable UUID from, @Nullable UUID to, boolean isKept) {
    private static final int TIME_SHIFT = 16;

    /** The first id of a UUIDv7's millisecond. */
    static UUID lowest(Instant moment) {
        return new UUID(moment.toEpochMilli() << TIME_SHIFT, 0);
    }

    /** When an id was made. */
    static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT);
    }

    /** As the bounds of a partition. */
    static String bound(@Nullable UUID id, String otherwise) {
        return id == null ? otherwise : "'" + id + "'";
    }
}
