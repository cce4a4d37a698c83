package io.orquestrax.server.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.expression.CompiledExpression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntaxException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.orchestration.ServiceException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which event a request becomes: a jq expression for each attribute, on {@code {headers, query, body}}. */
record Mapping(Map<String, CompiledExpression> expressions) {
    private static final String[] MEMBERS = {"type", "source", "subject", "id", "data"};
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();

    static Mapping read(RequestReader given) {
        Map<String, CompiledExpression> expressions = new LinkedHashMap<>();
        for (String member : MEMBERS) {
            given.optionalText(member).ifPresent(text -> expressions.put(member, compiled(member, text)));
        }
        given.end();
        return new Mapping(expressions);
    }

    private static CompiledExpression compiled(String member, String text) {
        try {
            return COMPILER.compile(text);
        } catch (ExpressionSyntaxException noExpression) {
            throw RequestReader.invalid(
                    "Expected a jq expression for " + member + " of the event, but: " + noExpression.getMessage());
        }
    }

    /**
     * @throws ServiceException {@code invalid-event} where an expression fails
     */
    ObjectNode event(String webhook, Verification verification, HookRequest request, Instant now) {
        JsonNode seen = request.json();
        ObjectNode event = Json.NODES.objectNode();
        event.put("specversion", "1.0");
        event.put("type", text("type", seen, now).orElse("webhook." + webhook));
        event.put("source", text("source", seen, now).orElse("/webhooks/" + webhook));
        text("subject", seen, now).ifPresent(subject -> event.put("subject", subject));
        event.put("id", text("id", seen, now).orElseGet(() -> id(verification, request, seen)));
        event.put("time", now.toString());
        CompiledExpression data = expressions.get("data");
        event.set("data", data == null ? seen.path("body") : evaluated("data", data, seen, now));
        event.put("datacontenttype", "application/json");
        return event;
    }

    /** What the sender calls the delivery, so that a repetition is known as one; otherwise what was signed. */
    private static String id(Verification verification, HookRequest request, JsonNode seen) {
        Optional<String> named = switch (verification.scheme()) {
            case STANDARD -> request.header("webhook-id");
            case STRIPE -> texts(seen.path("body").path("id"));
            case SLACK -> texts(seen.path("body").path("event_id"));
            // No header that GitHub signs names the delivery.
            case GITHUB, HMAC -> Optional.empty();
            case NONE -> Optional.of(UUID.randomUUID().toString());
        };
        String timestamp = verification.timestampHeader() == null
                ? ""
                : request.header(verification.timestampHeader()).orElse("");
        return named.filter(id -> !id.isBlank()).orElseGet(() -> hash(timestamp, request.body()));
    }

    private static Optional<String> texts(JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static String hash(String timestamp, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(timestamp.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty where there is no expression, or it gives null. */
    private Optional<String> text(String member, JsonNode seen, Instant now) {
        CompiledExpression expression = expressions.get(member);
        if (expression == null) {
            return Optional.empty();
        }
        JsonNode value = evaluated(member, expression, seen, now);
        if (value.isNull()) {
            return Optional.empty();
        }
        if (value.isContainerNode()) {
            throw failed(member, "it gives an object or a list");
        }
        return Optional.of(value.asText());
    }

    private static JsonNode evaluated(String member, CompiledExpression expression, JsonNode seen, Instant now) {
        try {
            return expression.evaluate(seen, Variables.at(now));
        } catch (ExpressionException failed) {
            throw failed(member, String.valueOf(failed.getMessage()));
        }
    }

    private static ServiceException failed(String member, String reason) {
        return new ServiceException(
                ErrorCode.INVALID_EVENT,
                "Expected a request with the " + member + " of the event where the webhook says, but: " + reason + ".");
    }
}
