package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param version absent for the highest
 * @param key unique among the open instances of a definition; absent for none
 * @param ownId of the instance, where the caller gives it; not together with a key
 */
public record StartRequest(
        String namespace,
        String name,
        @Nullable String version,
        @Nullable String key,
        JsonNode input,
        Map<String, String> tags,
        @Nullable OwnId ownId) {

    public StartRequest {
        tags = Map.copyOf(tags);
    }

    /** The platform makes the id. */
    public StartRequest(
            String namespace,
            String name,
            @Nullable String version,
            @Nullable String key,
            JsonNode input,
            Map<String, String> tags) {
        this(namespace, name, version, key, input, tags, null);
    }
}
