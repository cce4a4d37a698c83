package io.orquestrax.store.function;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A function of the default catalog.
 *
 * @param contentHash SHA-256 of the source, lower-case hex
 * @param source YAML or JSON; empty in lists
 * @param retiredAt since when new definitions cannot call it; null while they can
 */
public record StoredFunction(
        String name,
        String version,
        String contentHash,
        String source,
        Instant deployedAt,
        String deployedBy,
        @Nullable Instant retiredAt) {

    public boolean isRetired() {
        return retiredAt != null;
    }
}
