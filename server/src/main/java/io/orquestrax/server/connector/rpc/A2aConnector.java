package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ConnectorWork;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.EventStream;
import io.orquestrax.server.connector.http.IncomingResponse;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.http.Uris;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code call: a2a} (DSL reference, A2A Call; Agent2Agent Protocol, JSON-RPC transport). */
public final class A2aConnector implements ConnectorWork {
    public static final String TYPE = "a2a";

    private static final Set<String> STREAMS = Set.of("message/stream", "tasks/resubscribe");
    private static final int CARD_MAX_BYTES = 1 << 20;
    private static final String AGENT = "the agent";
    private static final String EVENTS = "text/event-stream";
    private static final int REQUEST = 1;

    private final Resources resources;
    private final RpcLimits limits;

    public A2aConnector(Resources resources, RpcLimits limits) {
        this.resources = resources;
        this.limits = limits;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException {
        try {
            Endpoint agent = with.has("server")
                    ? Endpoint.read(with.path("server"), "the endpoint of server")
                    : fromCard(with.path("agentCard").path("endpoint"), secrets);
            String method = with.path("method").asText();
            JsonNode request = RpcMessages.request(REQUEST, method, parameters(method, with, idempotencyKey));
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Idempotency-Key", idempotencyKey);
            headers.put("Accept", STREAMS.contains(method) ? EVENTS : "application/json");
            return answer(agent, headers, request, secrets);
        } catch (ConnectorFailure failure) {
            throw RpcMessages.asRuntime(failure);
        }
    }

    private JsonNode answer(Endpoint agent, Map<String, String> headers, JsonNode request, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        ArrayNode answers = Json.NODES.arrayNode();
        EventStream events = new EventStream(data -> {
            RpcMessages.answer(data, REQUEST).ifPresent(answers::add);
            return answers.size() > 0 && isLast(answers.get(answers.size() - 1));
        });
        Authorization authorization = resources.authentications().of(agent.authentication(), secrets);
        byte[] json = Json.writeBytes(request);
        IncomingResponse response =
                resources.caller().post(agent.uri(), headers, json, authorization, secrets, limits.timeout(), events);
        if (!response.mediaType().equals(EVENTS)) {
            answers.removeAll();
            RpcMessages.answer(response.text(), REQUEST).ifPresent(answers::add);
        }
        if (answers.isEmpty()) {
            throw RpcMessages.failed(
                    "No answer", "Expected an answer of JSON-RPC from " + agent.uri() + ", but there is none.");
        }
        String method = request.path("method").asText();
        ArrayNode results = Json.NODES.arrayNode();
        for (JsonNode answer : answers) {
            results.add(RpcMessages.result(answer, AGENT, method));
        }
        JsonNode last = results.get(results.size() - 1);
        if (!STREAMS.contains(method)) {
            return last;
        }
        if (response.mediaType().equals(EVENTS) && !AgentEvents.isEnd(last)) {
            throw RpcMessages.failed(
                    "Stream broke off",
                    "Expected the events of " + agent.uri() + " to end with a message, or with a task that waits or is"
                            + " over, but they ended after " + results.size() + AgentEvents.ofTask(results) + ".");
        }
        return results;
    }

    /** After an error, or the last change of a task, an agent says no more. */
    private static boolean isLast(JsonNode answer) {
        return answer.has("error") || AgentEvents.isLast(answer.path("result"));
    }

    private Endpoint fromCard(JsonNode resource, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        Endpoint card = Endpoint.read(resource, "the endpoint of agentCard");
        Authorization authorization = resources.authentications().of(card.authentication(), secrets);
        String text = resources.read(card.uri(), authorization, secrets, CARD_MAX_BYTES);
        JsonNode found = RpcMessages.parse(text).stream().findFirst().orElse(Json.NODES.missingNode());
        String url = url(found);
        if (url.isBlank()) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Invalid agent card",
                    "Expected an agent card at " + card.uri() + " with the url of an interface that speaks JSON-RPC,"
                            + " but there is none.");
        }
        URI target = Uris.parse(card.uri().resolve(url).toString(), "the url of the agent card");
        // What proves who calls goes to the host that the author named, and to no other.
        return new Endpoint(
                target, Uris.isSameOrigin(card.uri(), target) ? card.authentication() : Json.NODES.missingNode());
    }

    private static String url(JsonNode card) {
        if (card.path("preferredTransport").asText("JSONRPC").equals("JSONRPC")
                && card.path("url").isTextual()) {
            return card.path("url").textValue();
        }
        for (String list : new String[] {"additionalInterfaces", "supportedInterfaces"}) {
            for (JsonNode each : card.path(list)) {
                String spoken = each.path("transport")
                        .asText(each.path("protocolBinding").asText());
                if (spoken.equals("JSONRPC")) {
                    return each.path("url").asText();
                }
            }
        }
        return "";
    }

    /** A message has an id, by which an agent knows one that it got before. */
    private static JsonNode parameters(String method, JsonNode with, String idempotencyKey) {
        JsonNode given = with.path("parameters");
        if (!method.startsWith("message/") || !given.path("message").isObject()) {
            return given;
        }
        ObjectNode parameters = given.deepCopy();
        ObjectNode message = parameters.withObject("/message");
        UUID id = UUID.nameUUIDFromBytes(idempotencyKey.getBytes(StandardCharsets.UTF_8));
        message.put("messageId", message.path("messageId").asText(id.toString()));
        message.put("role", message.path("role").asText("user"));
        message.put("kind", message.path("kind").asText("message"));
        return parameters;
    }
}
