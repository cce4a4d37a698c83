package io.orquestrax.server.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a webhook as it came.
 *
 * @param headers names in lower case; several of one name joined
 * @param query the first value of each parameter
 */
public record HookRequest(Map<String, String> headers, Map<String, String> query, byte[] body) {

    public HookRequest {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** What expressions of the mapping see. */
    ObjectNode json() {
        ObjectNode json = Json.NODES.objectNode();
        ObjectNode names = json.putObject("headers");
        headers.forEach(names::put);
        ObjectNode parameters = json.putObject("query");
        query.forEach(parameters::put);
        json.set("body", content());
        return json;
    }

    /** JSON and forms as values, text as text, and anything else in base64. */
    JsonNode content() {
        String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (body.length == 0) {
            return Json.NODES.nullNode();
        }
        Optional<String> text = text();
        if (text.isPresent() && type.startsWith("application/x-www-form-urlencoded")) {
            return form(text.get());
        }
        if (text.isPresent() && !type.startsWith("text/")) {
            try {
                return Json.read(body);
            } catch (JsonProcessingException notJson) {
                return Json.NODES.textNode(text.get());
            }
        }
        return Json.NODES.textNode(text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
    }

    private Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static JsonNode form(String text) {
        ObjectNode form = Json.NODES.objectNode();
        for (String pair : text.split("&", -1)) {
            int sign = pair.indexOf('=');
            String name = decoded(sign < 0 ? pair : pair.substring(0, sign));
            form.put(name, sign < 0 ? "" : decoded(pair.substring(sign + 1)));
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
