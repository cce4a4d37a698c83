package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.protocol.JobId;

/**
 * One job for a connector.
 *
 * @param arguments {@code {"with": …, "deferred": […]}}
 * @param idempotencyKey the same over all attempts of the job
 */
public record ConnectorCall(JsonNode arguments, String idempotencyKey) {

    public static ConnectorCall of(JobId job, JsonNode arguments) {
        return new ConnectorCall(arguments, job.instance() + "." + job.activation());
    }
}
