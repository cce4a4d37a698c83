package io.orquestrax.server.connector.authentication;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.authentication.TokenRequest.Parameter;
import io.orquestrax.server.connector.secret.Redaction;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a client shows a token endpoint who it is (RFC 6749 section 2.3, RFC 7523, OpenID Connect Core section 9).
 *
 * @param assertion that the author made; absent where it is to be made with the secret
 */
record ClientAuthentication(
        Method method,
        @Nullable String id,
        @Nullable String secret,
        @Nullable String assertion) {

    enum Method {
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST,
        CLIENT_SECRET_JWT,
        PRIVATE_KEY_JWT,
        NONE
    }

    static ClientAuthentication read(SchemeFields client) throws ConnectorFailure {
        String name = client.optional("authentication").orElse("client_secret_post");
        Method method = switch (name) {
            case "client_secret_basic" -> Method.CLIENT_SECRET_BASIC;
            case "client_secret_post" -> Method.CLIENT_SECRET_POST;
            case "client_secret_jwt" -> Method.CLIENT_SECRET_JWT;
            case "private_key_jwt" -> Method.PRIVATE_KEY_JWT;
            case "none" -> Method.NONE;
            default ->
                throw SchemeFields.invalid("Expected a way to authenticate a client, but \"" + name + "\" is none.");
        };
        String id = client.optional("id").orElse(null);
        String secret = client.optional("secret").orElse(null);
        String assertion = client.optional("assertion").orElse(null);
        boolean isMade = assertion != null && (method == Method.CLIENT_SECRET_JWT || method == Method.PRIVATE_KEY_JWT);
        if (!isMade && id == null && (method != Method.CLIENT_SECRET_POST || secret != null)) {
            throw SchemeFields.invalid("Expected the id of the client for " + name + ", but there is none.");
        }
        if (!isMade && secret == null && method != Method.NONE && method != Method.CLIENT_SECRET_POST) {
            throw SchemeFields.invalid("Expected the secret of the client for " + name + ", but there is none.");
        }
        return new ClientAuthentication(method, id, secret, assertion);
    }

    /** Adds what the request needs. */
    void apply(URI endpoint, Instant now, List<Parameter> parameters, Map<String, String> headers, Redaction redaction)
            throws ConnectorFailure {
        switch (method) {
            case CLIENT_SECRET_BASIC -> {
                String encoded = Base64.getEncoder()
                        .encodeToString((form(id) + ":" + form(secret)).getBytes(StandardCharsets.UTF_8));
                redaction.add(encoded);
                headers.put("Authorization", "Basic " + encoded);
            }
            case CLIENT_SECRET_POST -> {
                add(parameters, "client_id", id);
                add(parameters, "client_secret", secret);
            }
            case CLIENT_SECRET_JWT, PRIVATE_KEY_JWT -> {
                String jwt = Optional.ofNullable(assertion).isPresent() ? assertion : signed(endpoint, now);
                redaction.add(String.valueOf(jwt));
                add(parameters, "client_id", id);
                add(parameters, "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
                add(parameters, "client_assertion", jwt);
            }
            case NONE -> add(parameters, "client_id", id);
        }
    }

    private String signed(URI endpoint, Instant now) throws ConnectorFailure {
        String key = String.valueOf(secret);
        ClientAssertion claims = new ClientAssertion(String.valueOf(id), endpoint.toString(), now);
        return method == Method.CLIENT_SECRET_JWT ? claims.withSecret(key) : claims.withPrivateKey(key);
    }

    private static void add(List<Parameter> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(new Parameter(name, value));
        }
    }

    private static String form(@Nullable String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ClientAuthentication[" + method + "]";
    }
}
