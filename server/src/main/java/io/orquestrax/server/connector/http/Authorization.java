package io.orquestrax.server.connector.http;

import io.orquestrax.server.connector.ConnectorFailure;
import java.net.URI;
import java.util.Optional;

/** What proves who makes a call, in the header {@code Authorization}. For one call; not thread-safe. */
public interface Authorization {
    /** Nobody in particular. */
    Authorization NONE = new Authorization() {
        @Override
        public Optional<String> first() {
            return Optional.empty();
        }

        @Override
        public Optional<String> afterRefusal(String method, URI uri, String challenges) {
            return Optional.empty();
        }
    };

    /** Of the first request; empty where a challenge has to come first, or there is nothing to prove. */
    Optional<String> first() throws ConnectorFailure, InterruptedException;

    /**
     * Of a second request, after the first was refused with 401.
     *
     * @param challenges of {@code WWW-Authenticate}; empty for none
     * @return empty where nothing better is known
     */
    Optional<String> afterRefusal(String method, URI uri, String challenges)
            throws ConnectorFailure, InterruptedException;

    /** Whether it takes challenges of HTTP, which other protocols do not make. */
    default boolean needsChallenge() {
        return false;
    }
}
