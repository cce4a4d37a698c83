package io.orquestrax.dashboard.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a function takes by one name, as its input schema says.
 *
 * @param type in words: {@code string}, {@code integer or null}, {@code any}
 * @param example JSON of a value that the schema names or that is of its type
 */
public record Parameter(String name, String type, boolean isRequired, String description, String example) {
    private static final int MOST = 50;

    /**
     * Of the properties of the schema; empty where the function has none.
     *
     * @param source of the function
     */
    static List<Parameter> of(String source) {
        JsonNode schema = DocumentReader.read(source)
                .document()
                .map(SourceDocument::root)
                .map(root -> root.at("/input/schema/document"))
                .orElseGet(Json.NODES::missingNode);
        List<String> required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        List<Parameter> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            parameters.add(of(property.getKey(), property.getValue(), required.contains(property.getKey())));
        }
        for (String name : required) {
            if (!schema.path("properties").has(name)) {
                parameters.add(of(name, Json.NODES.objectNode(), true));
            }
        }
        return parameters.stream().limit(MOST).toList();
    }

    private static Parameter of(String name, JsonNode schema, boolean isRequired) {
        String description =
                schema.path("description").asText(schema.path("title").asText(""));
        return new Parameter(name, type(schema), isRequired, description, Json.write(example(schema)));
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return StreamSupport.stream(type.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" or "));
        }
        if (schema.path("enum").isArray()) {
            return StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(Json::write)
                    .collect(Collectors.joining(" or "));
        }
        return type.asText("any");
    }

    private static JsonNode example(JsonNode schema) {
        for (String place : List.of("/const", "/default", "/example", "/examples/0", "/enum/0")) {
            if (!schema.at(place).isMissingNode()) {
                return schema.at(place);
            }
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asText() : type.asText("string")) {
            case "integer", "number" -> Json.NODES.numberNode(1);
            case "boolean" -> Json.NODES.booleanNode(true);
            case "array" -> Json.NODES.arrayNode();
            case "object" -> Json.NODES.objectNode();
            case "null" -> Json.NODES.nullNode();
            default -> TextNode.valueOf("…");
        };
    }
}
