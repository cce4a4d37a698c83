package io.orquestrax.store.function;

import java.time.Instant;

/**
 * A function of the default catalog.
 *
 * @param contentHash SHA-256 of the source, lower-case hex
 * @param source YAML or JSON; empty in lists
 */
public record StoredFunction(
        String name, String version, String contentHash, String source, Instant deployedAt, String deployedBy) {}
