package io.orquestrax.store.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import java.time.Instant;

/**
 * A deployed definition.
 *
 * @param contentHash SHA-256 of the source, lower-case hex
 * @param source as deployed; empty in lists
 * @param resources what it refers to outside of itself, as it was when it was deployed: an object with a document by its
 *     URI; empty in lists
 */
public record StoredDefinition(
        DefinitionId id,
        String contentHash,
        String title,
        String summary,
        String source,
        JsonNode resources,
        Instant deployedAt,
        String deployedBy) {

    /** Of a definition that refers to nothing outside of itself. */
    public StoredDefinition(
            DefinitionId id,
            String contentHash,
            String title,
            String summary,
            String source,
            Instant deployedAt,
            String deployedBy) {
        this(id, contentHash, title, summary, source, Json.NODES.objectNode(), deployedAt, deployedBy);
    }
}
