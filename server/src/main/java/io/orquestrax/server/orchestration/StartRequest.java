package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param version absent for the highest
 * @param key unique among the open instances of a definition; absent for none
 */
public record StartRequest(
        String namespace,
        String name,
        @Nullable String version,
        @Nullable String key,
        JsonNode input,
        Map<String, String> tags) {

    public StartRequest {
        tags = Map.copyOf(tags);
    }
}
