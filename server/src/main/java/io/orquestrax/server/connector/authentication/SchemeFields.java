package io.orquestrax.server.connector.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.RequestHeaders;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of a scheme: those that stand in the call, or those of a secret.
 *
 * @param scheme for messages
 */
record SchemeFields(String scheme, JsonNode fields) {
    /** What a secret with a policy says openly. */
    private static final Set<String> OPEN =
            Set.of("authority", "grant", "request", "endpoints", "issuers", "scopes", "audiences");

    static SchemeFields read(String scheme, JsonNode given, CallSecrets secrets) throws ConnectorFailure {
        JsonNode name = given.has("secret") && given.path("secret").isTextual() && given.size() == 1
                ? given.path("secret")
                : given.path("use");
        return new SchemeFields(scheme, name.isTextual() ? secrets.value(name.textValue(), OPEN) : given);
    }

    String required(String name) throws ConnectorFailure {
        return optional(name)
                .orElseThrow(
                        () -> invalid("Expected a " + name + " for " + scheme + " authentication, but there is none."));
    }

    /**
     * A required one that is sent as it stands: a client may leave line breaks out or replace them.
     *
     * @throws ConnectorFailure where it cannot be, in words that do not show it
     */
    String sendable(String name) throws ConnectorFailure {
        return sendable(required(name), name);
    }

    private String sendable(String value, String name) throws ConnectorFailure {
        Optional<String> problem = RequestHeaders.problemInAscii(value);
        if (problem.isPresent()) {
            throw invalid("Expected a " + name + " for " + scheme + " authentication that can be sent, but it has "
                    + problem.get() + ".");
        }
        return value;
    }

    /** A required one that a secret may be on its own. */
    String sendableOrWhole(String name) throws ConnectorFailure {
        return fields.isTextual() ? sendable(fields.textValue(), name) : sendable(name);
    }

    Optional<String> optional(String name) {
        JsonNode value = fields.path(name);
        boolean isThere = (value.isTextual() && !value.textValue().isEmpty()) || value.isNumber();
        return isThere ? Optional.of(value.asText()) : Optional.empty();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        fields.path(name).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    SchemeFields object(String name) {
        return new SchemeFields(scheme + " " + name, fields.path(name));
    }

    boolean has(String name) {
        return fields.path(name).isObject();
    }

    static ConnectorFailure invalid(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid authentication", detail);
    }
}
