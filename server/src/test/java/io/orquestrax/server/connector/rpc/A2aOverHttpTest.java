package io.orquestrax.server.connector.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A2A, which is over HTTP. */
@Timeout(120)
class A2aOverHttpTest extends RpcFixture {
    @Test
    void aCallThatIsCancelledLeavesTheServer() throws Exception {
        site.on("/slow", (exchange, request) -> {
            asked.add(request);
            stream(exchange, "");
        });
        try (TestingConnectors connectors = connectors(Map.of())) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread running = Thread.ofVirtual()
                    .start(() -> end.set(catchThrowable(() -> connectors.call(
                            "a2a", "{'method': 'message/stream', 'server': {'uri': '" + site.url("/slow") + "'}}"))));
            io.orquestrax.store.Waiting.until("it was called", () -> !asked.isEmpty());

            running.interrupt();
            running.join();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(connectionClosed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void takesAStreamThatEndsWhereItsTaskWaits() throws Exception {
        site.on("/rpc", (exchange, request) -> breakOff(exchange, """
                data: {"jsonrpc":"2.0","id":1,"result":{"kind":"task","id":"t1","status":{"state":"working"}}}

                data: {"jsonrpc":"2.0","method":"notifications/other"}

                data: {"jsonrpc":"2.0","id":5,"result":{"kind":"of another request"}}

                data: {"jsonrpc":"2.0","id":1,"result":{"kind":"task","id":"t1","status":{"state":"input-required"}}}

                """, false));

        JsonNode events = call("a2a", "{'method': 'message/stream', 'server': {'uri': '" + site.url("/rpc") + "'}}");

        assertThat(events.findValuesAsText("state")).containsExactly("working", "input-required");
        assertThat(events).hasSize(2);
    }

    @Test
    void saysWhereThereIsNoAnswer() {
        site.on("/empty", (exchange, request) -> breakOff(exchange, "", false));
        site.on("/half", 200, "application/json", "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": null}");

        for (String path : List.of("/empty", "/half")) {
            for (String method : List.of("message/send", "message/stream")) {
                assertRuntime(
                        failure("a2a", "{'method': '" + method + "', 'server': {'uri': '" + site.url(path) + "'}}"),
                        "Expected an answer of JSON-RPC");
            }
        }
    }

    @Test
    void sendsAMessageToTheAgentOfACard() throws Exception {
        site.on("/.well-known/agent-card.json", 200, "application/json", """
                {"name": "agent", "url": "/v1/grpc", "preferredTransport": "GRPC",
                 "additionalInterfaces": [{"transport": "JSONRPC", "url": "/rpc"}]}
                """);
        site.on("/rpc", (exchange, request) -> {
            asked.add(request);
            JsonNode message = Json.readTrusted(request.body());
            answer(exchange, message, "{\"kind\":\"task\",\"id\":\"t1\",\"status\":{\"state\":\"submitted\"}}");
        });
        String with = "{'method': 'message/send', 'agentCard': {'endpoint': {'uri': '"
                + site.url("/.well-known/agent-card.json")
                + "', 'authentication': {'basic': {'username': 'u', 'password': 'p'}}}},"
                + " 'parameters': {'message': {'parts': [{'kind': 'text', 'text': 'hi'}]}}}";

        assertThat(call("a2a", with).path("id").textValue()).isEqualTo("t1");
        call("a2a", with);

        JsonNode message = Json.readTrusted(asked.getFirst().body()).at("/params/message");
        assertThat(message.path("role").textValue()).isEqualTo("user");
        assertThat(message.path("messageId").textValue())
                .isNotBlank()
                .isEqualTo(Json.readTrusted(asked.get(1).body())
                        .at("/params/message/messageId")
                        .textValue());
        assertThat(asked.getFirst().headers())
                .containsEntry("Idempotency-Key", "instance-1.7")
                .hasEntrySatisfying("Authorization", value -> assertThat(value).startsWith("Basic "));
    }

    @Test
    void keepsCredentialsOfACardFromOtherHosts() throws Exception {
        try (TestingSite other = new TestingSite()) {
            other.on(
                    "/rpc",
                    (exchange, request) -> answer(exchange, Json.readTrusted(request.body()), "{\"kind\":\"task\"}"));
            site.on("/card", 200, "application/json", "{\"url\": \"" + other.url("/rpc") + "\"}");

            call(
                    "a2a",
                    "{'method': 'tasks/get', 'parameters': {'id': 't1'}, 'agentCard': {'endpoint': {'uri': '"
                            + site.url("/card") + "', 'authentication': {'bearer': {'token': 'abc'}}}}}");

            assertThat(other.asked().headers()).doesNotContainKey("Authorization");
        }
    }

    @Test
    void collectsAStreamUntilItsLastEvent() throws Exception {
        site.on("/rpc", (exchange, request) -> stream(exchange, """
                data: {"jsonrpc":"2.0","id":1,"result":{"kind":"task","id":"t1"}}

                data: {"jsonrpc":"2.0","id":1,"result":{"kind":"status-update","final":false}}

                data: {"jsonrpc":"2.0","id":1,"result":{"kind":"status-update","final":true}}

                """));

        JsonNode events = call(
                "a2a",
                "{'method': 'message/stream', 'server': {'uri': '" + site.url("/rpc")
                        + "'}, 'parameters': {'message': {'parts': []}}}");

        assertThat(events.findValuesAsText("kind")).containsExactly("task", "status-update", "status-update");
    }

    @Test
    void failsWithRuntimeErrors() {
        site.on(
                "/rpc",
                (exchange, request) -> error(exchange, Json.readTrusted(request.body()), -32001, "Task not found"));
        site.on(
                "/stream",
                (exchange, request) -> stream(
                        exchange,
                        "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"broken\"}}\n\n"));
        site.on("/card", 200, "application/json", "{\"name\": \"nobody\"}");

        assertRuntime(
                failure("a2a", "{'method': 'tasks/get', 'server': {'uri': '" + site.url("/rpc") + "'}}"),
                "Task not found (code -32001)");
        assertRuntime(
                failure("a2a", "{'method': 'tasks/resubscribe', 'server': {'uri': '" + site.url("/stream") + "'}}"),
                "broken");
        assertThat(failure(
                                "a2a",
                                "{'method': 'tasks/get', 'agentCard': {'endpoint': {'uri': '" + site.url("/card")
                                        + "'}}}")
                        .title())
                .isEqualTo("Invalid agent card");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamThatEndsInTheMiddleIsAnError(boolean isCut) {
        String task = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"kind\":\"task\",\"id\":\"t1\","
                + "\"status\":{\"state\":\"working\"}}}\n\n";
        site.on("/rpc", (exchange, request) -> breakOff(exchange, task, isCut));
        String agent = "{'method': '%s', 'server': {'uri': '" + site.url("/rpc") + "'}}";

        for (String method : List.of("message/stream", "tasks/resubscribe")) {
            assertRuntime(failure("a2a", agent.formatted(method)), isCut ? "/rpc" : "ended after 1 of the task t1");
        }
    }
}
