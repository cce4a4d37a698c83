package io.orquestrax.bench.rooms.engine;

import java.time.Instant;

/** Reads the clock. */
public final class BadClockReader {
    private BadClockReader() {}

    static Instant read() {
        return Instant.now();
    }
}
