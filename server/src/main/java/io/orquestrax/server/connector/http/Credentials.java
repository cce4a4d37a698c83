package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Makes the Authorization header of an {@code authentication}. */
public record Credentials(CallSecrets secrets) {

    /**
     * @param authentication absent or null for none
     * @throws ConnectorFailure configuration for a scheme that is not supported, authorization for a missing secret
     */
    public Optional<String> header(JsonNode authentication) throws ConnectorFailure {
        if (authentication.isMissingNode() || authentication.isNull()) {
            return Optional.empty();
        }
        if (authentication.has("basic")) {
            return Optional.of(basic(authentication.path("basic")));
        }
        if (authentication.has("bearer")) {
            return Optional.of(bearer(authentication.path("bearer")));
        }
        throw invalid("Expected basic or bearer authentication, but found "
                + String.join(
                        ", ",
                        authentication.properties().stream()
                                .map(Map.Entry::getKey)
                                .toList()) + ".");
    }

    private String basic(JsonNode given) throws ConnectorFailure {
        JsonNode fields = resolved(given);
        String username = field(fields, "username", "basic");
        String password = field(fields, "password", "basic");
        if (username.indexOf(':') >= 0) {
            throw invalid("Expected a user name without a colon for basic authentication, but it has one.");
        }
        String encoded =
                Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        secrets.redaction().add(encoded);
        return "Basic " + encoded;
    }

    private String bearer(JsonNode given) throws ConnectorFailure {
        JsonNode fields = resolved(given);
        String token = fields.isTextual() ? fields.textValue() : field(fields, "token", "bearer");
        return "Bearer " + token;
    }

    /** The fields themselves, or those of the secret that is named. */
    private JsonNode resolved(JsonNode given) throws ConnectorFailure {
        JsonNode name = given.has("secret") ? given.path("secret") : given.path("use");
        return name.isTextual() ? secrets.value(name.textValue()) : given;
    }

    private static String field(JsonNode fields, String name, String scheme) throws ConnectorFailure {
        JsonNode value = fields.path(name);
        if (!value.isTextual() && !value.isNumber()) {
            throw invalid("Expected a " + name + " for " + scheme + " authentication, but there is none.");
        }
        return value.asText();
    }

    private static ConnectorFailure invalid(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid authentication", detail);
    }
}
