package io.orquestrax.server.connector.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authentications;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.time.InstantSource;
import java.util.Map;

/** All schemes of the DSL (DSL reference, Authentication). Keeps tokens in memory, and nowhere else. Thread-safe. */
public final class Authenticator implements Authentications {
    private final Tokens tokens;
    private final Discovery discovery;

    public Authenticator(HttpSender sender, InstantSource clock) {
        this.tokens = new Tokens(new TokenEndpoint(sender, clock), clock);
        this.discovery = new Discovery(sender, clock);
    }

    @Override
    public Authorization of(JsonNode authentication, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        if (authentication.isMissingNode() || authentication.isNull()) {
            return Authorization.NONE;
        }
        String scheme = authentication.properties().stream()
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("none");
        SchemeFields fields = SchemeFields.read(scheme, authentication.path(scheme), secrets);
        return switch (scheme) {
            case "basic" -> FixedAuthorization.basic(fields, secrets.redaction());
            case "bearer" -> FixedAuthorization.bearer(fields);
            case "digest" -> DigestAuthorization.read(fields, secrets.redaction());
            case "oauth2" -> new TokenAuthorization(tokens, TokenRequest.ofOAuth2(fields), secrets);
            case "oidc" -> {
                Discovery.Provider provider = discovery.find(fields, secrets);
                yield new TokenAuthorization(tokens, TokenRequest.ofOpenIdConnect(fields, provider), secrets);
            }
            default ->
                throw SchemeFields.invalid(
                        "Expected basic, bearer, digest, oauth2 or oidc authentication, but found " + scheme + ".");
        };
    }
}
