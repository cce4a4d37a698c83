package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.Redaction;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes the job's output of an answer. */
record CallOutput(OutputMode mode, Redaction secrets) {
    private static final Set<String> TEXTS = Set.of(
            "application/xml",
            "application/yaml",
            "application/x-yaml",
            "application/javascript",
            "application/ecmascript",
            "application/x-www-form-urlencoded",
            "application/x-ndjson",
            "application/jsonl",
            "application/graphql",
            "application/sql",
            "application/toml");

    JsonNode of(OutgoingRequest request, IncomingResponse response) throws ConnectorFailure {
        return switch (mode) {
            case CONTENT -> content(request, response);
            case RAW -> base64(response);
            case RESPONSE -> response(request, response);
        };
    }

    private JsonNode response(OutgoingRequest request, IncomingResponse response) throws ConnectorFailure {
        ObjectNode output = Json.NODES.objectNode();
        output.putObject("request")
                .put("method", request.method())
                .put("uri", request.uri().toString())
                .set("headers", headers(request.headers()));
        output.put("statusCode", response.status());
        output.set("headers", headers(response.headers()));
        output.set("content", content(request, response));
        return output;
    }

    /** In lower case, since HTTP does not tell cases apart; credentials are left out. */
    private static ObjectNode headers(Map<String, String> headers) {
        ObjectNode object = Json.NODES.objectNode();
        new TreeMap<>(headers).forEach((name, value) -> {
            if (!OutgoingRequest.isCredential(name)) {
                object.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        return object;
    }

    private JsonNode content(OutgoingRequest request, IncomingResponse response) throws ConnectorFailure {
        String type = response.mediaType();
        if (response.body().length == 0) {
            return Json.NODES.nullNode();
        }
        if (isJson(type)) {
            return json(request, response);
        }
        boolean isText =
                type.startsWith("text/") || type.endsWith("+xml") || type.endsWith("+yaml") || TEXTS.contains(type);
        return isText ? Json.NODES.textNode(response.text()) : base64(response);
    }

    private JsonNode base64(IncomingResponse response) {
        return Json.NODES.textNode(Base64.getEncoder().encodeToString(secrets.mask(response.body())));
    }

    static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.equals("text/json") || mediaType.endsWith("+json");
    }

    private JsonNode json(OutgoingRequest request, IncomingResponse response) throws ConnectorFailure {
        try {
            return Json.read(response.text());
        } catch (JsonProcessingException malformed) {
            throw ConnectorFailure.communication(
                    "Malformed answer",
                    "Expected " + request.method() + " " + request.uri() + " to answer with the JSON that its"
                            + " Content-Type names, but it is none: "
                            + secrets.reason(response.text(), Json.reason(malformed)));
        }
    }
}
