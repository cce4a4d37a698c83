package io.orquestrax.server.connector.asyncapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as brokers carry it.
 *
 * @param headers by name, as texts
 */
record Message(byte[] content, Map<String, String> headers) {
    static final String CORRELATION = "correlationId";
    static final String KEY = "Idempotency-Key";

    Message {
        headers = Map.copyOf(headers);
    }

    /**
     * @param message of the author: payload and headers
     * @param key that receivers may know a repetition by
     */
    static Message of(JsonNode message, String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(KEY, key);
        message.path("headers").properties().forEach(header -> headers.put(header.getKey(), text(header.getValue())));
        JsonNode payload = message.path("payload");
        byte[] content = payload.isMissingNode() ? new byte[0] : Json.writeBytes(payload);
        return new Message(content, headers);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.write(value);
    }

    /** As the DSL has it: payload, headers, and correlationId where there is one. */
    JsonNode toJson() {
        ObjectNode json = Json.NODES.objectNode();
        json.set("payload", payload());
        ObjectNode all = json.putObject("headers");
        headers.forEach(all::put);
        String correlation = headers.get(CORRELATION);
        if (correlation != null) {
            json.put(CORRELATION, correlation);
        }
        return json;
    }

    /** Text, where it is no JSON. */
    private JsonNode payload() {
        String text = new String(content, StandardCharsets.UTF_8);
        try {
            return text.isBlank() ? Json.NODES.nullNode() : Json.read(text);
        } catch (JsonProcessingException noJson) {
            return Json.NODES.textNode(text);
        }
    }
}
