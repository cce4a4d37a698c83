package io.orquestrax.store.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which closed instances have been kept long enough.
 *
 * @param namespace of their definitions; empty for all that no other cutoff names
 * @param name of their definition; empty for all of the namespace that no other cutoff names
 * @param closedBefore null where they are kept for ever
 */
public record Cutoff(
        String namespace, String name, @Nullable Instant closedBefore) {}
