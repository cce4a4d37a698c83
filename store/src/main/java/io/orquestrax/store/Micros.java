package io.orquestrax.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Microseconds since 1970, which is as fine as PostgreSQL keeps times. */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    private Micros() {}

    public static long of(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), (long) instant.getNano() / NANOS);
    }

    public static @Nullable Long ofNullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }
}
