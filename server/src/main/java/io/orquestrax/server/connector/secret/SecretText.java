package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;

/** Reads the text of a secret: an object where it is one in JSON, otherwise the text itself. */
final class SecretText {
    private SecretText() {}

    static JsonNode read(String text) {
        if (text.stripLeading().startsWith("{")) {
            try {
                return Json.read(text);
            } catch (JsonProcessingException notJson) {
                return Json.NODES.textNode(text);
            }
        }
        return Json.NODES.textNode(text);
    }
}
