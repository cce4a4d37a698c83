package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.Optional;

/** Messages of JSON-RPC 2.0, as a client writes and reads them. */
final class RpcMessages {
    private RpcMessages() {}

    /**
     * @param parameters missing for none
     */
    static ObjectNode request(int id, String method, JsonNode parameters) {
        return notification(method, parameters).put("id", id);
    }

    static ObjectNode notification(String method, JsonNode parameters) {
        ObjectNode message = Json.NODES.objectNode().put("jsonrpc", "2.0").put("method", method);
        if (!parameters.isMissingNode() && !parameters.isNull()) {
            message.set("params", parameters);
        }
        return message;
    }

    /** Whether the message answers the request of that id. */
    static boolean isAnswer(JsonNode message, int id) {
        return !message.has("method")
                && (message.has("result") || message.has("error"))
                && (message.path("id").asText().equals(String.valueOf(id))
                        || message.path("id").isNull());
    }

    /** Empty where it is no JSON. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(Json.read(text));
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    /**
     * @param who answers, for messages
     * @throws ConnectorFailure runtime, where it is an error
     */
    static JsonNode result(JsonNode answer, String who, String method) throws ConnectorFailure {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            String message = error.path("message").asText("no reason");
            String data = error.has("data") ? "; " + Json.write(error.path("data")) : "";
            throw failed(
                    "Error " + error.path("code").asText(),
                    "Expected " + who + " to answer " + method + ", but: " + message + " (code "
                            + error.path("code").asText() + ")" + data);
        }
        return answer.path("result");
    }

    static ConnectorFailure failed(String title, String detail) {
        return ConnectorFailure.of(StandardError.RUNTIME, title, detail);
    }

    /** The DSL has calls of these protocols fail with runtime errors, also where nobody answers. */
    static ConnectorFailure asRuntime(ConnectorFailure failure) {
        WorkflowError error = failure.error();
        return error.type().equals(StandardError.COMMUNICATION.type())
                ? failed(String.valueOf(error.title()), String.valueOf(error.detail()))
                : failure;
    }
}
