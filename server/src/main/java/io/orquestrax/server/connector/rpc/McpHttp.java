package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.EventStream;
import io.orquestrax.server.connector.http.HttpCaller;
import io.orquestrax.server.connector.http.IncomingResponse;
import io.orquestrax.server.connector.http.RequestHeaders;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Streamable HTTP (Model Context Protocol, Transports): an answer is a JSON document, or comes in a stream of events. */
final class McpHttp implements McpTransport {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String EVENTS = "text/event-stream";

    private final HttpCaller caller;
    private final URI uri;
    private final Map<String, String> headers;
    private final Authorization authorization;
    private final CallSecrets secrets;
    private final Duration timeout;

    private McpHttp(
            HttpCaller caller,
            URI uri,
            Map<String, String> headers,
            Authorization authorization,
            CallSecrets secrets,
            Duration timeout) {
        this.caller = caller;
        this.uri = uri;
        this.headers = headers;
        this.authorization = authorization;
        this.secrets = secrets;
        this.timeout = timeout;
    }

    static McpHttp open(Resources resources, JsonNode http, CallSecrets secrets, Duration timeout, String key)
            throws ConnectorFailure, InterruptedException {
        Endpoint endpoint = Endpoint.read(http.path("endpoint"), "the endpoint of http");
        Map<String, String> headers = RequestHeaders.read(http.path("headers"));
        headers.putIfAbsent("Idempotency-Key", key);
        Authorization authorization = resources.authentications().of(endpoint.authentication(), secrets);
        return new McpHttp(resources.caller(), endpoint.uri(), headers, authorization, secrets, timeout);
    }

    @Override
    public JsonNode ask(JsonNode request, int id) throws ConnectorFailure, InterruptedException {
        AtomicReference<JsonNode> found = new AtomicReference<>(Json.NODES.missingNode());
        IncomingResponse response = post(request, new EventStream(data -> {
            RpcMessages.parse(data)
                    .filter(each -> RpcMessages.isAnswer(each, id))
                    .ifPresent(found::set);
            return !found.get().isMissingNode();
        }));
        response.header(SESSION.toLowerCase(java.util.Locale.ROOT)).ifPresent(value -> headers.put(SESSION, value));
        if (!response.mediaType().equals(EVENTS)) {
            RpcMessages.parse(response.text())
                    .filter(each -> RpcMessages.isAnswer(each, id))
                    .ifPresent(found::set);
        }
        if (found.get().isMissingNode()) {
            throw RpcMessages.failed(
                    "No answer", "Expected an answer of JSON-RPC from " + uri + ", but there is none.");
        }
        return found.get();
    }

    @Override
    public void tell(JsonNode notification) throws ConnectorFailure, InterruptedException {
        // What a stream that follows may hold is of no interest.
        post(notification, new EventStream(data -> true));
    }

    private IncomingResponse post(JsonNode message, EventStream events) throws ConnectorFailure, InterruptedException {
        return caller.post(uri, headers, Json.writeBytes(message), authorization, secrets, timeout, events);
    }

    @Override
    public void agreeOn(String protocolVersion) {
        headers.put("MCP-Protocol-Version", protocolVersion);
    }

    @Override
    public void close() throws InterruptedException {
        if (headers.containsKey(SESSION)) {
            caller.forget(uri, headers, authorization, timeout);
        }
    }
}
