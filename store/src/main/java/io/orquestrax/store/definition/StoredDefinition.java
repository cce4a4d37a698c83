package io.orquestrax.store.definition;

import io.orquestrax.dsl.plan.DefinitionId;
import java.time.Instant;

/**
 * A deployed definition.
 *
 * @param contentHash SHA-256 of the source, lower-case hex
 * @param source as deployed; empty in lists
 */
public record StoredDefinition(
        DefinitionId id,
        String contentHash,
        String title,
        String summary,
        String source,
        Instant deployedAt,
        String deployedBy) {}
