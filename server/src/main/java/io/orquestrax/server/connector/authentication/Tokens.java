package io.orquestrax.server.connector.authentication;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tokens that were given, until shortly before they end; one request at a time for each. Thread-safe. */
final class Tokens {
    private static final int MAX_KEPT = 1000;

    private final TokenEndpoint endpoint;
    private final InstantSource clock;
    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Slot> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** Those who want the same token wait here for one of them to fetch it. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable AccessToken token;
    }

    Tokens(TokenEndpoint endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    AccessToken token(TokenRequest request, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        return token(request, secrets, null);
    }

    /** Another one than that which was refused. */
    AccessToken tokenInsteadOf(AccessToken refused, TokenRequest request, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        return token(request, secrets, refused);
    }

    private AccessToken token(TokenRequest request, CallSecrets secrets, @Nullable AccessToken refused)
            throws ConnectorFailure, InterruptedException {
        Slot slot = slot(request.identity());
        slot.lock.lockInterruptibly();
        try {
            AccessToken known = slot.token;
            boolean isGood = known != null
                    && known.until().isAfter(clock.instant())
                    && (refused == null || !refused.value().equals(known.value()));
            AccessToken token = isGood && known != null ? known : next(request, known, secrets);
            slot.token = token;
            secrets.redaction().add(token.value());
            return token;
        } finally {
            slot.lock.unlock();
        }
    }

    private AccessToken next(TokenRequest request, @Nullable AccessToken last, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        Optional<TokenRequest> refreshed =
                Optional.ofNullable(last).flatMap(AccessToken::refreshToken).flatMap(request::refreshed);
        AccessToken token = endpoint.ask(refreshed.orElse(request), secrets);
        // A server that gives no new refresh token means that the last one goes on.
        return token.refresh() == null && last != null && refreshed.isPresent()
                ? new AccessToken(token.value(), token.until(), last.refresh())
                : token;
    }

    private Slot slot(String identity) {
        synchronized (slots) {
            return slots.computeIfAbsent(identity, _ -> new Slot());
        }
    }
}
