package io.orquestrax.sdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployed workflow document.
 *
 * @param contentHash SHA-256 of the source, lower-case hex
 * @param source YAML or JSON as it was deployed; null in lists
 */
public record Definition(
        DefinitionId id,
        String contentHash,
        @Nullable String title,
        @Nullable String summary,
        @Nullable Instant deployedAt,
        @Nullable String deployedBy,
        @Nullable String source) {}
