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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streamable HTTP (Model Context Protocol, Transports): an answer is a JSON document, or comes in a stream of events. */
final class McpHttp implements McpTransport {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String EVENTS = "text/event-stream";
    private static final int NOT_FOUND = 404;
    /** For what is said when the answer is there, or no longer wanted. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(McpHttp.class);

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
            RpcMessages.parse(data).stream().filter(RpcMessages::isRequest).forEach(this::refuse);
            RpcMessages.answer(data, id).ifPresent(found::set);
            return !found.get().isMissingNode();
        }));
        response.header(SESSION.toLowerCase(java.util.Locale.ROOT)).ifPresent(value -> headers.put(SESSION, value));
        if (!response.mediaType().equals(EVENTS)) {
            RpcMessages.answer(response.text(), id).ifPresent(found::set);
        }
        if (found.get().isMissingNode()) {
            throw RpcMessages.failed(
                    "No answer", "Expected an answer of JSON-RPC from " + uri + ", but there is none.");
        }
        return found.get();
    }

    /** A server that is not answered may wait with its own answer. */
    private void refuse(JsonNode request) {
        try {
            tell(RpcMessages.refusal(request));
        } catch (ConnectorFailure notHeard) {
            LOG.debug("{} did not take the answer to what it asked: {}", uri, notHeard.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
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
    public void cancel(int id) throws InterruptedException {
        JsonNode parameters = Json.NODES.objectNode().put("requestId", id);
        byte[] notification = Json.writeBytes(RpcMessages.notification("notifications/cancelled", parameters));
        try {
            caller.post(uri, headers, notification, authorization, secrets, LAST_WORDS, new EventStream(data -> true));
        } catch (ConnectorFailure notHeard) {
            LOG.debug("{} did not hear that a request is cancelled: {}", uri, notHeard.getMessage());
        }
    }

    @Override
    public boolean hasLostSession(ConnectorFailure failure) {
        if (failure.error().status() != NOT_FOUND || !headers.containsKey(SESSION)) {
            return false;
        }
        headers.remove(SESSION);
        headers.remove(VERSION);
        return true;
    }

    @Override
    public void agreeOn(String protocolVersion) {
        headers.put(VERSION, protocolVersion);
    }

    @Override
    public void close() throws InterruptedException {
        if (headers.containsKey(SESSION)) {
            caller.forget(uri, headers, authorization, LAST_WORDS);
        }
    }
}
