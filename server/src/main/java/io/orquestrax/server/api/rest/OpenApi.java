package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import io.orquestrax.dsl.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the REST door (OpenAPI 3.1), as YAML and as JSON. */
final class OpenApi {
    private final byte[] yaml;
    private final byte[] json;

    private OpenApi(byte[] yaml, byte[] json) {
        this.yaml = yaml;
        this.json = json;
    }

    static OpenApi load() {
        try (InputStream resource =
                Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.yaml"), "openapi.yaml")) {
            byte[] yaml = resource.readAllBytes();
            Load loader = new Load(LoadSettings.builder().build());
            Object document = loader.loadFromInputStream(new ByteArrayInputStream(yaml));
            return new OpenApi(yaml, Json.writeBytes(toJson(document)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String jsonText() {
        return new String(json, StandardCharsets.UTF_8);
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(
                        HttpMethod.GET,
                        "/openapi.json",
                        Set.of(),
                        exchange -> CompletableFuture.completedFuture(Answers.text(Answers.JSON, json))),
                new RestRoute(
                        HttpMethod.GET,
                        "/openapi.yaml",
                        Set.of(),
                        exchange -> CompletableFuture.completedFuture(Answers.text(Answers.YAML, yaml))));
    }

    private static JsonNode toJson(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                ObjectNode object = Json.NODES.objectNode();
                map.forEach((name, member) -> object.set(String.valueOf(name), toJson(member)));
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = Json.NODES.arrayNode();
                list.forEach(element -> array.add(toJson(element)));
                yield array;
            }
            case Boolean flag -> Json.NODES.booleanNode(flag);
            case Integer number -> Json.NODES.numberNode(number);
            case String text -> Json.NODES.textNode(text);
            default -> throw new IllegalStateException("Expected no " + value.getClass() + " in openapi.yaml");
        };
    }
}
