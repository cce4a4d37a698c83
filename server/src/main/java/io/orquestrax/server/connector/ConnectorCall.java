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
 */
public record ConnectorCall(JsonNode arguments, String idempotencyKey, Consumer<JsonNode> progress) {

    /** Nobody hears of its progress. */
    ConnectorCall(JsonNode arguments, String idempotencyKey) {
        this(arguments, idempotencyKey, _ -> {});
    }

    public static ConnectorCall of(JobId job, JsonNode arguments, Consumer<JsonNode> progress) {
        return new ConnectorCall(arguments, job.instance() + "." + job.activation(), progress);
    }
}
