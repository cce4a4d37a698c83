package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document, read as a tree. Only what a call needs is looked at, so that a fault elsewhere in it does no harm.
 *
 * @param source where it was read, which relative addresses refer to
 */
record ApiDocument(URI source, JsonNode root) {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");
    private static final int MAX_REFERENCES = 20;
    private static final int MAX_NAMED = 30;

    /** An operation where it stands. */
    record Place(String path, String method, JsonNode pathItem, JsonNode operation) {}

    boolean isSwagger() {
        return root.path("swagger").asText().startsWith("2.");
    }

    /**
     * @throws ConnectorFailure where the version is none of those that can be read
     */
    void requireKnownVersion() throws ConnectorFailure {
        String version = root.path("openapi").asText();
        if (!isSwagger() && !version.startsWith("3.")) {
            throw InvalidDocument.document(
                    "Expected a document of Swagger 2.0 or OpenAPI 3 at " + source + ", but it names no such version.");
        }
    }

    /**
     * @throws ConnectorFailure that names the operations that there are
     */
    Place operation(String operationId) throws ConnectorFailure {
        List<String> known = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            JsonNode item = resolved(path.getValue());
            for (Map.Entry<String, JsonNode> member : item.properties()) {
                if (!METHODS.contains(member.getKey())) {
                    continue;
                }
                String id = member.getValue().path("operationId").asText();
                if (id.equals(operationId)) {
                    return new Place(path.getKey(), member.getKey(), item, member.getValue());
                }
                if (!id.isEmpty() && known.size() < MAX_NAMED) {
                    known.add(id);
                }
            }
        }
        throw InvalidDocument.operation("Expected an operation of " + source + ", but \"" + operationId
                + "\" is none; it has " + String.join(", ", known) + ".");
    }

    /** The parameters of an operation; its own win over those of its path. */
    List<JsonNode> parameters(Place place) throws ConnectorFailure {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (JsonNode list :
                List.of(place.pathItem().path("parameters"), place.operation().path("parameters"))) {
            for (JsonNode each : list) {
                JsonNode parameter = resolved(each);
                String key = parameter.path("in").asText() + " "
                        + parameter.path("name").asText();
                parameters.put(key, parameter);
            }
        }
        return List.copyOf(parameters.values());
    }

    /**
     * What a reference stands for; anything else as it is.
     *
     * @throws ConnectorFailure for a reference to another document, or to nothing
     */
    JsonNode resolved(JsonNode node) throws ConnectorFailure {
        JsonNode current = node;
        for (int followed = 0; followed < MAX_REFERENCES; followed++) {
            JsonNode reference = current.path("$ref");
            if (!reference.isTextual()) {
                return current;
            }
            current = target(reference.textValue());
        }
        throw InvalidDocument.document("Expected references that end, but those at " + node + " do not.");
    }

    private JsonNode target(String reference) throws ConnectorFailure {
        if (!reference.startsWith("#/")) {
            throw InvalidDocument.document("Expected references inside of " + source + ", but \"" + reference
                    + "\" leads to another document, which is not read.");
        }
        JsonNode target;
        try {
            String pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            target = root.at(JsonPointer.compile(pointer));
        } catch (IllegalArgumentException malformed) {
            target = Json.NODES.missingNode();
        }
        if (target.isMissingNode()) {
            throw InvalidDocument.document(
                    "Expected references to what " + source + " holds, but it has no \"" + reference + "\".");
        }
        return target;
    }
}
