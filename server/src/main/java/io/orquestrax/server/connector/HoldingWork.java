package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.util.function.Consumer;

/** Work that takes something from elsewhere, which must come again where its result does not count. */
public interface HoldingWork extends ConnectorWork {

    /**
     * @param progress takes what is then seen as the job's progress; masked as the output is
     */
    JsonNode perform(
            JsonNode with, CallSecrets secrets, String idempotencyKey, Consumer<JsonNode> progress, ResultHolder holder)
            throws ConnectorFailure, InterruptedException;

    @Override
    default JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException {
        return perform(with, secrets, idempotencyKey, _ -> {}, ResultHolder.NONE);
    }
}
