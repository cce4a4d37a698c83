package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages of JSON-RPC 2.0, as a client writes and reads them. */
final class RpcMessages {
    private static final int METHOD_NOT_FOUND = -32601;

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

    /** Whether the message answers the request of that id, or says that it could not be read. */
    static boolean isAnswer(JsonNode message, int id) {
        boolean isError = message.path("error").isObject();
        JsonNode answered = message.path("id");
        return !message.has("method")
                && (isError || message.has("result"))
                && (answered.asText().equals(String.valueOf(id)) || (isError && !message.hasNonNull("id")));
    }

    /** Whether whoever sent it waits for an answer. */
    static boolean isRequest(JsonNode message) {
        return message.path("method").isTextual() && message.hasNonNull("id");
    }

    /** Nothing was offered to the other side, so that all it may ask is whether somebody is there. */
    static JsonNode refusal(JsonNode request) {
        ObjectNode answer = Json.NODES.objectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        if (request.path("method").asText().equals("ping")) {
            answer.putObject("result");
        } else {
            answer.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "Method not found");
        }
        return answer;
    }

    /** One message, or several that came together; none where it is no JSON. */
    static List<JsonNode> parse(String text) {
        try {
            JsonNode json = Json.read(text);
            List<JsonNode> messages = new ArrayList<>();
            if (json.isArray()) {
                json.forEach(messages::add);
            } else {
                messages.add(json);
            }
            return messages;
        } catch (JsonProcessingException noJson) {
            return List.of();
        }
    }

    /** The one of these messages that answers the request of that id. */
    static Optional<JsonNode> answer(String text, int id) {
        return parse(text).stream().filter(each -> isAnswer(each, id)).findFirst();
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
