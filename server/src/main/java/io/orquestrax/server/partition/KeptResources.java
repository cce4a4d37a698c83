package io.orquestrax.server.partition;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.store.definition.StoredDefinition;
import java.net.URI;
import java.util.Optional;

/** What a deployed definition refers to, as it was then. */
public record KeptResources(JsonNode byUri) implements ExternalResources {

    public static KeptResources of(StoredDefinition definition) {
        return new KeptResources(definition.resources());
    }

    @Override
    public Optional<JsonNode> find(URI uri) throws UnavailableException {
        JsonNode kept = byUri.get(uri.toString());
        if (kept == null) {
            throw new UnavailableException("it was not kept when the definition was deployed");
        }
        return Optional.of(kept);
    }
}
