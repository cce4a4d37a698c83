package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;

/** Knows the authentication schemes of the DSL. */
@FunctionalInterface
public interface Authentications {

    /**
     * @param authentication absent or null for none
     * @param secrets of the call; whatever proves something is masked by them
     * @throws ConnectorFailure configuration for what cannot work, authorization for a missing secret
     */
    Authorization of(JsonNode authentication, CallSecrets secrets) throws ConnectorFailure, InterruptedException;
}
