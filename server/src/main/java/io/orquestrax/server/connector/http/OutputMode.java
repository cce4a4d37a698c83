package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;

/** What of an answer becomes the job's output (DSL reference, HTTP Call). */
public enum OutputMode {
    /** The body, read as its media type says. */
    CONTENT,
    /** The body's bytes in base64. */
    RAW,
    /** Request, status, headers and body. */
    RESPONSE;

    /**
     * @param output absent for the content
     */
    public static OutputMode read(JsonNode output) throws ConnectorFailure {
        return switch (output.asText()) {
            case "", "null", "content" -> CONTENT;
            case "raw" -> RAW;
            case "response" -> RESPONSE;
            default ->
                throw ConnectorFailure.of(
                        StandardError.CONFIGURATION,
                        "Invalid call",
                        "Expected output to be content, raw or response, but it is \"" + output.asText() + "\".");
        };
    }
}
