package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ConnectorWork;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code call: http} (DSL reference, HTTP Call). */
public record HttpConnector(HttpCaller caller, Authentications authentications) implements ConnectorWork {
    public static final String TYPE = "http";

    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}");

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Authorization authorization(JsonNode with, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        return authentications.of(with.path("endpoint").path("authentication"), secrets);
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException {
        Endpoint endpoint = Endpoint.read(with.path("endpoint"), "endpoint");
        Map<String, String> headers = RequestHeaders.read(with.path("headers"));
        JsonNode body = with.path("body");
        boolean hasBody = !body.isMissingNode() && !body.isNull();
        byte[] content = hasBody ? content(body, headers) : new byte[0];
        HttpCaller.Call call = new HttpCaller.Call(
                method(with.path("method")),
                uri(endpoint.uri(), with.path("query")),
                headers,
                content,
                hasBody,
                OutputMode.read(with.path("output")),
                with.path("redirect").asBoolean(false));
        return caller.call(call, authorization(with, secrets), secrets, idempotencyKey);
    }

    private static URI uri(URI endpoint, JsonNode query) throws ConnectorFailure {
        boolean isAbsent = query.isMissingNode() || query.isNull();
        return isAbsent ? endpoint : Uris.withQuery(endpoint, QueryText.of(query, "query"));
    }

    /** Says what the body is, where the author did not. */
    private static byte[] content(JsonNode body, Map<String, String> headers) throws ConnectorFailure {
        Optional<String> given = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(Map.Entry::getValue)
                .findFirst();
        if (given.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return RequestBody.write(body, given.orElse("application/json"));
    }

    private static String method(JsonNode method) throws ConnectorFailure {
        String name = method.asText().toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(name).matches() || name.equals("CONNECT")) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Invalid call",
                    "Expected method to be an HTTP method such as get or post, but it is \"" + method.asText() + "\".");
        }
        return name;
    }
}
