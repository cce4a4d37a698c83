package io.orquestrax.server.connector.http;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.Redaction;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Follows redirects (RFC 9110, section 15.4), each of them to a host that may be called. */
record Redirects(Exchange exchange) {

    /** The first answer that is no redirect; without following, the first answer. */
    IncomingResponse send(OutgoingRequest request, boolean isFollowing, Redaction secrets, int maxBytes)
            throws IOException, ConnectorFailure, InterruptedException {
        OutgoingRequest current = request;
        for (int followed = 0; ; followed++) {
            IncomingResponse response = exchange.send(current, maxBytes);
            Optional<String> location = isFollowing ? location(response) : Optional.empty();
            if (location.isEmpty()) {
                return response;
            }
            if (followed == HttpLimits.MAX_REDIRECTS) {
                throw ConnectorFailure.communication(
                        response.status(),
                        "Too many redirects",
                        "Expected " + request.method() + " " + request.uri() + " to end after at most "
                                + HttpLimits.MAX_REDIRECTS + " redirects, but it goes on.");
            }
            current = next(current, response.status(), location.get(), secrets);
        }
    }

    private static Optional<String> location(IncomingResponse response) {
        return switch (response.status()) {
            case 301, 302, 303, 307, 308 -> response.header("location");
            default -> Optional.empty();
        };
    }

    private static OutgoingRequest next(OutgoingRequest request, int status, String location, Redaction secrets)
            throws ConnectorFailure {
        URI target = target(request.uri(), status, location);
        OutgoingRequest next = becomesGet(request.method(), status) ? request.asGet() : request;
        if (!Uris.isSameOrigin(request.uri(), target)) {
            byte[] body = next.body();
            if (body != null && secrets.isSecret(new String(body, StandardCharsets.UTF_8))) {
                throw refused(
                        status,
                        target.toString(),
                        "the request has a secret in its body, which only "
                                + request.uri().getHost() + " may see");
            }
            next = next.withoutCredentials(secrets);
        }
        return next.to(target);
    }

    private static boolean becomesGet(String method, int status) {
        boolean isSafe = method.equals("GET") || method.equals("HEAD");
        return switch (status) {
            case 303 -> !isSafe;
            case 301, 302 -> method.equals("POST");
            default -> false;
        };
    }

    private static URI target(URI from, int status, String location) throws ConnectorFailure {
        try {
            URI target = from.resolve(new URI(location));
            if (!Uris.isHttp(target) || target.getHost() == null || target.getRawUserInfo() != null) {
                throw refused(status, location, "it is no http or https URI of a host without a user name");
            }
            return Uris.parse(target.toString(), "the target of a redirect");
        } catch (URISyntaxException malformed) {
            throw refused(status, location, malformed.getReason());
        }
    }

    private static ConnectorFailure refused(int status, String location, String reason) {
        return ConnectorFailure.communication(
                status,
                "Redirect refused",
                "Expected a redirect that can be followed, but not to \"" + location + "\": " + reason + ".");
    }
}
