package io.orquestrax.bench.rooms.engine;

import java.util.UUID;

/** Draws at random. */
public final class BadRandomness {
    private BadRandomness() {}

    static UUID draw() {
        return UUID.randomUUID();
    }
}
