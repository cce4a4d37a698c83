package io.orquestrax.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.schema.InvalidSchemaException;
import io.orquestrax.dsl.schema.SchemaCompiler;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The OpenAPI document, as a judge of answers: what stands in an answer but not in its schema is a mistake too. */
final class DescribedApi {
    private final JsonNode document;
    private final ObjectNode schemas;

    DescribedApi(JsonNode document) {
        this.document = document;
        // A schema on its own keeps the others in $defs.
        this.schemas = (ObjectNode) inDefinitions(document.at("/components/schemas"));
        close(schemas);
    }

    void check(String method, String path, HttpResponse<String> answer) {
        JsonNode operation = operation(method, path);
        JsonNode responses = operation.required("responses");
        JsonNode response = responses.has(Integer.toString(answer.statusCode()))
                ? responses.get(Integer.toString(answer.statusCode()))
                : responses.path("default");
        JsonNode described = response.has("$ref")
                ? document.at(response.get("$ref").textValue().substring(1))
                : response;
        assertThat(described.isObject())
                .as("%s %s is described with status %s: %s", method, path, answer.statusCode(), answer.body())
                .isTrue();
        String type = answer.headers().firstValue("content-type").orElse("none").replaceAll(";.*", "");
        JsonNode content = described.at("/content").path(type);
        assertThat(content.isObject())
                .as("%s %s is described with %s", method, path, type)
                .isTrue();
        if (type.endsWith("json")) {
            assertThat(violations(content.required("schema"), Json.readTrusted(answer.body())))
                    .as("%s %s follows its schema: %s", method, path, answer.body())
                    .isEmpty();
        }
    }

    /** Of a schema among the components. */
    List<String> violations(String component, JsonNode value) {
        return violations(Json.NODES.objectNode().put("$ref", "#/$defs/" + component), value);
    }

    private List<String> violations(JsonNode schema, JsonNode value) {
        ObjectNode whole = (ObjectNode) inDefinitions(schema);
        whole.set("$defs", schemas);
        try {
            return new SchemaCompiler().compile(whole).violations(value);
        } catch (InvalidSchemaException mistake) {
            throw new AssertionError(mistake);
        }
    }

    private static JsonNode inDefinitions(JsonNode schema) {
        return Json.readTrusted(Json.write(schema).replace("#/components/schemas/", "#/$defs/"));
    }

    private JsonNode operation(String method, String path) {
        for (Map.Entry<String, JsonNode> described : document.required("paths").properties()) {
            String pattern = described.getKey().replaceAll("\\{\\w+}", "[^/:]+");
            JsonNode operation = described.getValue().path(method.toLowerCase(Locale.ROOT));
            if (Pattern.matches(pattern, path) && operation.isObject()) {
                return operation;
            }
        }
        throw new AssertionError("Expected " + method + " " + path + " in the OpenAPI document, but it is not there");
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(DescribedApi::close);
    }
}
