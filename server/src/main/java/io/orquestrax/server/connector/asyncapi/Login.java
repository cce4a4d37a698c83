package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authorization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Who calls, as brokers ask for it.
 *
 * @param authorization as HTTP asks for it
 */
record Login(Authorization authorization) {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    /** A name and a password. */
    record UserAndPassword(String user, String password) {}

    /** Empty where it is another scheme, or none. */
    Optional<UserAndPassword> userAndPassword() throws ConnectorFailure, InterruptedException {
        return authorization.first().filter(each -> each.startsWith(BASIC)).map(each -> {
            String text =
                    new String(Base64.getDecoder().decode(each.substring(BASIC.length())), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return new UserAndPassword(text.substring(0, colon), text.substring(colon + 1));
        });
    }

    Optional<String> token() throws ConnectorFailure, InterruptedException {
        return authorization
                .first()
                .filter(each -> each.startsWith(BEARER))
                .map(each -> each.substring(BEARER.length()));
    }
}
