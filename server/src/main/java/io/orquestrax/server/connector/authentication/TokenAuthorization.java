package io.orquestrax.server.connector.authentication;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token that a server gives: the one that is known, and once a new one where that is refused. */
final class TokenAuthorization implements Authorization {
    private final Tokens tokens;
    private final TokenRequest request;
    private final CallSecrets secrets;
    private @Nullable AccessToken shown;

    TokenAuthorization(Tokens tokens, TokenRequest request, CallSecrets secrets) {
        this.tokens = tokens;
        this.request = request;
        this.secrets = secrets;
    }

    @Override
    public Optional<String> first() throws ConnectorFailure, InterruptedException {
        shown = tokens.token(request, secrets);
        return Optional.of(shown.header());
    }

    @Override
    public Optional<String> afterRefusal(String method, URI uri, String challenges)
            throws ConnectorFailure, InterruptedException {
        if (shown == null) {
            return Optional.empty();
        }
        AccessToken next = tokens.tokenInsteadOf(shown, request, secrets);
        return Optional.of(next.header());
    }
}
