package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What bounds calls of MCP and A2A.
 *
 * @param timeout of one message and its answer
 */
public record RpcLimits(Duration timeout) {

    /**
     * @param asked by the author, in ISO 8601; missing for nothing
     */
    Duration within(JsonNode asked) {
        if (!asked.isTextual()) {
            return timeout;
        }
        Duration wanted = Duration.parse(asked.textValue());
        return wanted.isZero() || wanted.compareTo(timeout) > 0 ? timeout : wanted;
    }
}
