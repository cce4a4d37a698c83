package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.protocol.JobId;
import java.util.function.Consumer;

/**
 * One job for a connector.
 *
 * @param arguments {@code {"with": …, "deferred": […]}}
 * @param idempotencyKey the same over all attempts of the job
 * @param progress takes what is then seen as the job's progress
 * @param holder takes what is to be settled once the result is durable
 */
public record ConnectorCall(
        JsonNode arguments, String idempotencyKey, Consumer<JsonNode> progress, ResultHolder holder) {

    /** Nobody hears of its progress. */
    ConnectorCall(JsonNode arguments, String idempotencyKey) {
        this(arguments, idempotencyKey, _ -> {}, ResultHolder.NONE);
    }

    /** Nobody hears what became of its result. */
    public ConnectorCall(JsonNode arguments, String idempotencyKey, Consumer<JsonNode> progress) {
        this(arguments, idempotencyKey, progress, ResultHolder.NONE);
    }

    public static ConnectorCall of(JobId job, JsonNode arguments, Consumer<JsonNode> progress, ResultHolder holder) {
        return new ConnectorCall(arguments, job.instance() + "." + job.activation(), progress, holder);
    }
}
