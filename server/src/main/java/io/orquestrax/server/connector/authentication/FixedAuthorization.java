package io.orquestrax.server.connector.authentication;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.secret.Redaction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Credentials that are the same for every request (RFC 7617, RFC 6750). */
record FixedAuthorization(String header) implements Authorization {

    static FixedAuthorization basic(SchemeFields fields, Redaction redaction) throws ConnectorFailure {
        String username = fields.required("username");
        String password = fields.required("password");
        if (username.indexOf(':') >= 0) {
            throw SchemeFields.invalid(
                    "Expected a user name without a colon for basic authentication, but it has one.");
        }
        if (username.chars().anyMatch(Character::isISOControl)
                || password.chars().anyMatch(Character::isISOControl)) {
            throw SchemeFields.invalid("Expected a user name and a password without control characters for basic"
                    + " authentication, but there are some, such as a line break.");
        }
        String encoded =
                Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        redaction.add(encoded);
        return new FixedAuthorization("Basic " + encoded);
    }

    static FixedAuthorization bearer(SchemeFields fields) throws ConnectorFailure {
        return new FixedAuthorization("Bearer " + fields.sendableOrWhole("token"));
    }

    @Override
    public Optional<String> first() {
        return Optional.of(header);
    }

    @Override
    public Optional<String> afterRefusal(String method, URI uri, String challenges) {
        return Optional.empty();
    }
}
