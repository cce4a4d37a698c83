package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.secret.CallSecrets;

/** What a connector does with its job's arguments once nothing in them is deferred any more. Thread-safe. */
public interface ConnectorWork {

    /** The job type. */
    String type();

    /**
     * What proves who makes the call.
     *
     * @param with of the task; members that name {@code $authorization} are null in it
     */
    default Authorization authorization(JsonNode with, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        return Authorization.NONE;
    }

    /**
     * @param with of the task; may hold secrets
     * @param secrets of this call; whatever is looked up there is masked in the output and in errors
     * @throws ConnectorFailure with the error that the workflow sees
     */
    JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException;

    /** Called once, before the first job, where an operator lets this process do such jobs. */
    default void begin() {}

    /** Gives back what it holds; nothing of it is used after that. */
    default void close() {}
}
