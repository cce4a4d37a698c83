package io.orquestrax.server.connector.authentication;

import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Uris;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to get a token (RFC 6749, RFC 8693).
 *
 * @param identity the same for requests that may share a token; tells no secret
 * @param parameters of the request, but for those of the client; a name may stand there several times
 * @param issuers that a token may have; any if empty
 */
record TokenRequest(
        String identity,
        URI endpoint,
        ClientAuthentication client,
        boolean isJson,
        List<Parameter> parameters,
        List<String> issuers) {
    private static final String REFRESH = "refresh_token";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    /** One of a request. */
    record Parameter(String name, String value) {}

    TokenRequest {
        parameters = List.copyOf(parameters);
        issuers = List.copyOf(issuers);
    }

    static TokenRequest ofOAuth2(SchemeFields fields) throws ConnectorFailure {
        String authority = fields.required("authority");
        String place = fields.object("endpoints").optional("token").orElse("/oauth2/token");
        URI endpoint = Uris.parse(
                place.contains("://") ? place : authority.replaceAll("/$", "") + "/" + place.replaceAll("^/", ""),
                "the token endpoint");
        return read(fields, endpoint);
    }

    static TokenRequest ofOpenIdConnect(SchemeFields fields, Discovery.Provider provider) throws ConnectorFailure {
        return read(fields, provider.tokenEndpoint());
    }

    private static TokenRequest read(SchemeFields fields, URI endpoint) throws ConnectorFailure {
        List<Parameter> parameters = new ArrayList<>();
        String grant = fields.required("grant");
        parameters.add(new Parameter("grant_type", grant));
        switch (grant) {
            case "client_credentials" -> {}
            case "password" -> {
                parameters.add(new Parameter("username", fields.required("username")));
                parameters.add(new Parameter("password", fields.required("password")));
            }
            // The DSL has no property for them but the subject's.
            case REFRESH -> parameters.add(new Parameter(REFRESH, subject(fields, "a refresh token")));
            case "authorization_code" -> parameters.add(new Parameter("code", subject(fields, "a code")));
            case EXCHANGE -> {
                addToken(fields, "subject", parameters);
                if (fields.has("actor")) {
                    addToken(fields, "actor", parameters);
                }
            }
            default ->
                throw SchemeFields.invalid("Expected a grant of OAuth 2, but \"" + grant
                        + "\" is none that can be asked for without a person.");
        }
        List<String> scopes = fields.texts("scopes");
        if (!scopes.isEmpty()) {
            parameters.add(new Parameter("scope", String.join(" ", scopes)));
        }
        fields.texts("audiences").forEach(each -> parameters.add(new Parameter("audience", each)));
        boolean isJson = fields.object("request")
                .optional("encoding")
                .filter("application/json"::equals)
                .isPresent();
        return new TokenRequest(
                identity(fields),
                endpoint,
                ClientAuthentication.read(fields.object("client")),
                isJson,
                parameters,
                fields.texts("issuers"));
    }

    private static String subject(SchemeFields fields, String what) throws ConnectorFailure {
        return fields.object("subject")
                .optional("token")
                .orElseThrow(() -> SchemeFields.invalid("Expected " + what + " as token of the subject for "
                        + fields.scheme() + ", but there is none."));
    }

    private static void addToken(SchemeFields fields, String role, List<Parameter> parameters) throws ConnectorFailure {
        SchemeFields token = fields.object(role);
        parameters.add(new Parameter(role + "_token", token.required("token")));
        parameters.add(new Parameter(role + "_token_type", token.required("type")));
    }

    private static String identity(SchemeFields fields) {
        return DocumentCompiler.contentHash(fields.scheme() + " " + Json.write(fields.fields()));
    }

    /** With what the server gave for the next time, where the grant itself works only once. */
    Optional<TokenRequest> refreshed(String refreshToken) {
        String grant = parameters.getFirst().value();
        if (!grant.equals(REFRESH) && !grant.equals("authorization_code")) {
            return Optional.empty();
        }
        List<Parameter> next = new ArrayList<>();
        next.add(new Parameter("grant_type", REFRESH));
        next.add(new Parameter(REFRESH, refreshToken));
        parameters.stream()
                .filter(each -> each.name().equals("scope") || each.name().equals("audience"))
                .forEach(next::add);
        return Optional.of(new TokenRequest(identity, endpoint, client, isJson, next, issuers));
    }

    /** Without the parameters. */
    @Override
    public String toString() {
        return "TokenRequest[" + endpoint + "]";
    }
}
