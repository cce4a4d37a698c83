package io.orquestrax.server.connector.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.connector.http.TestingSite.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP and A2A against servers that were written for the test from the protocols' rules. */
@Timeout(120)
class RpcOverHttpTest {
    private static final String ECHO = "{'method': 'tools/call', 'parameters': {'name': 'echo', 'arguments': {'a': 1}},"
            + " 'transport': {'http': {'endpoint': {'uri': '%s', 'authentication': {'bearer': {'token': 'abc'}}},"
            + " 'headers': {'X-Tenant': 't1'}}}}";

    private final TestingSite site = new TestingSite();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final CountDownLatch connectionClosed = new CountDownLatch(1);

    @AfterEach
    void close() {
        testIsOver.countDown();
        site.close();
    }

    /** An MCP server that keeps a session; its answer is a document, or comes in a stream that stays open. */
    private void serveMcp(boolean inStream) {
        site.on("/mcp", (exchange, request) -> {
            asked.add(request);
            if (request.method().equals("DELETE")) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            JsonNode message = Json.readTrusted(request.body());
            switch (message.path("method").asText()) {
                case "initialize" -> {
                    exchange.getResponseHeaders().set("Mcp-Session-Id", "session-7");
                    answer(exchange, message, "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{}}");
                }
                case "notifications/initialized" -> exchange.sendResponseHeaders(202, -1);
                case "tools/call" -> {
                    String result = Json.write(message.at("/params/arguments"));
                    if (inStream) {
                        stream(
                                exchange,
                                "event: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\r\n\r\n"
                                        + ": a comment\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\ndata: \"result\":"
                                        + result
                                        + "}\n\n");
                    } else {
                        answer(exchange, message, result);
                    }
                }
                default -> error(exchange, message, -32601, "Method not found");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mcpCallsAToolWithinASession(boolean inStream) throws Exception {
        serveMcp(inStream);

        assertThat(Json.write(call("mcp", ECHO.formatted(site.url("/mcp"))))).isEqualTo("{\"a\":1}");

        assertThat(asked).extracting(Asked::method).containsExactly("POST", "POST", "POST", "DELETE");
        assertThat(asked.get(0).headers())
                .containsEntry("Authorization", "Bearer abc")
                .containsEntry("X-Tenant", "t1")
                .containsEntry("Idempotency-Key", "instance-1.7")
                .containsEntry("Accept", "application/json, text/event-stream")
                .doesNotContainKey("Mcp-Session-Id");
        assertThat(Json.readTrusted(asked.get(0).body())
                        .at("/params/protocolVersion")
                        .asText())
                .isEqualTo("2025-06-18");
        assertThat(asked.subList(1, 4))
                .allSatisfy(each -> assertThat(each.headers())
                        .containsEntry("Mcp-Session-Id", "session-7")
                        .containsEntry("Mcp-Protocol-Version", "2025-03-26"));
    }

    @Test
    void mcpFailsWithRuntimeErrors() {
        serveMcp(false);
        String list = "{'method': 'prompts/list', 'transport': {'http': {'endpoint': {'uri': '%s'}}}}";

        assertRuntime(failure("mcp", list.formatted(site.url("/mcp"))), "Method not found");
        site.on("/broken", 503, "text/plain", "overloaded");
        assertRuntime(failure("mcp", list.formatted(site.url("/broken"))), "503");
        site.on("/other", 200, "text/html", "<p>hello");
        assertRuntime(failure("mcp", list.formatted(site.url("/other"))), "answer of JSON-RPC");
        assertRuntime(failure("mcp", list.formatted("http://127.0.0.1:1/mcp")), "127.0.0.1:1");
        assertThat(failure("mcp", list.formatted("http://169.254.169.254/mcp")).type())
                .endsWith("/authorization");
    }

    @Test
    void aSlowServerIsNotWaitedForLongerThanTheAuthorSaid() throws Exception {
        site.on("/slow", (exchange, request) -> stream(exchange, ""));
        String slow = "{'method': 'tools/list', 'timeout': 'PT0.3S', 'transport': {'http': {'endpoint': {'uri': '"
                + site.url("/slow") + "'}}}}";

        assertRuntime(failure("mcp", slow), "within 300 ms");
        assertThat(connectionClosed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        String event = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":\""
                + "x".repeat(900) + "\"}\n\n";
        site.on("/large", (exchange, request) -> stream(exchange, event.repeat(30)));
        String with =
                "{'method': 'tools/list', 'transport': {'http': {'endpoint': {'uri': '" + site.url("/large") + "'}}}}";

        assertRuntime(
                failure(Map.of("connectors.http.response-max-bytes", "10000"), "mcp", with), "at most 10000 bytes");
    }

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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mcpBeginsOneSessionMoreWhereTheServerForgotTheFirst(boolean forgetsAlways) throws Exception {
        List<String> sessions = new CopyOnWriteArrayList<>();
        site.on("/mcp", (exchange, request) -> {
            JsonNode message = Json.readTrusted(request.body().isEmpty() ? "{}" : request.body());
            switch (message.path("method").asText()) {
                case "initialize" -> {
                    assertThat(request.headers()).doesNotContainKeys("Mcp-Session-Id", "Mcp-Protocol-Version");
                    sessions.add("session-" + (sessions.size() + 1));
                    exchange.getResponseHeaders().set("Mcp-Session-Id", sessions.getLast());
                    answer(exchange, message, "{\"protocolVersion\":\"2025-06-18\"}");
                }
                case "tools/call" -> {
                    assertThat(request.headers()).containsEntry("Mcp-Session-Id", sessions.getLast());
                    if (forgetsAlways || sessions.size() == 1) {
                        exchange.sendResponseHeaders(404, -1);
                    } else {
                        answer(exchange, message, "{\"a\":1}");
                    }
                }
                default -> exchange.sendResponseHeaders(202, -1);
            }
        });

        if (forgetsAlways) {
            assertRuntime(failure("mcp", ECHO.formatted(site.url("/mcp"))), "404");
        } else {
            assertThat(Json.write(call("mcp", ECHO.formatted(site.url("/mcp")))))
                    .isEqualTo("{\"a\":1}");
        }
        assertThat(sessions).hasSize(2);
    }

    @Test
    void mcpAnswersWhatTheServerAsksBeforeItAnswers() throws Exception {
        CountDownLatch pong = new CountDownLatch(2);
        List<JsonNode> answers = new CopyOnWriteArrayList<>();
        site.on("/mcp", (exchange, request) -> {
            JsonNode message = Json.readTrusted(request.body());
            switch (message.path("method").asText()) {
                case "initialize" -> answer(exchange, message, "{\"protocolVersion\":\"2025-06-18\"}");
                case "tools/call" -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    write(exchange, "{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"method\":\"ping\"}");
                    write(exchange, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"sampling/createMessage\"}");
                    if (pong.await(60, TimeUnit.SECONDS)) {
                        write(exchange, "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"other\":true}}");
                        write(
                                exchange,
                                "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"},"
                                        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"a\":1}}]");
                    }
                }
                default -> {
                    if (message.has("id")) {
                        answers.add(message);
                        pong.countDown();
                    }
                    exchange.sendResponseHeaders(202, -1);
                }
            }
        });

        assertThat(Json.write(call("mcp", ECHO.formatted(site.url("/mcp"))))).isEqualTo("{\"a\":1}");

        assertThat(answers)
                .extracting(Json::write)
                .containsExactly(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"result\":{}}",
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
    }

    private static void write(HttpExchange exchange, String event) throws IOException {
        exchange.getResponseBody().write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mcpTellsAServerWhoseAnswerNobodyWants(boolean isCancelled) throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        site.on("/mcp", (exchange, request) -> {
            asked.add(request);
            JsonNode message = Json.readTrusted(request.body().isEmpty() ? "{}" : request.body());
            switch (message.path("method").asText()) {
                case "initialize" -> {
                    exchange.getResponseHeaders().set("Mcp-Session-Id", "session-7");
                    answer(exchange, message, "{\"protocolVersion\":\"2025-06-18\"}");
                }
                case "tools/call" -> {
                    called.countDown();
                    testIsOver.await();
                }
                default -> exchange.sendResponseHeaders(202, -1);
            }
        });
        String with = ECHO.formatted(site.url("/mcp"));

        if (isCancelled) {
            try (TestingConnectors connectors = connectors(Map.of())) {
                AtomicReference<Throwable> end = new AtomicReference<>();
                Thread running =
                        Thread.ofVirtual().start(() -> end.set(catchThrowable(() -> connectors.call("mcp", with))));
                assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
                running.interrupt();
                running.join();
                assertThat(end.get()).isInstanceOf(InterruptedException.class);
            }
        } else {
            assertRuntime(
                    failure("mcp", with.replace("'method': 'tools", "'timeout': 'PT3S', 'method': 'tools")),
                    "within 3000 ms");
        }

        assertThat(asked).extracting(Asked::method).containsExactly("POST", "POST", "POST", "POST", "DELETE");
        assertThat(asked.get(3).headers()).containsEntry("Mcp-Session-Id", "session-7");
        assertThat(Json.readTrusted(asked.get(3).body()))
                .isEqualTo(Json.readTrusted("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                        + "\"params\":{\"requestId\":2}}"));
    }

    @Test
    void mcpSpeaksNoVersionThatNobodyKnows() {
        site.on(
                "/mcp",
                (exchange, request) ->
                        answer(exchange, Json.readTrusted(request.body()), "{\"protocolVersion\":\"2099-01-01\"}"));
        String list = "{'method': 'tools/list', 'transport': {'http': {'endpoint': {'uri': '%s'}}}}";

        assertRuntime(failure("mcp", list.formatted(site.url("/mcp"))), "but it speaks 2099-01-01");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamThatEndsInTheMiddleIsAnError(boolean isCut) {
        String task = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"kind\":\"task\",\"id\":\"t1\","
                + "\"status\":{\"state\":\"working\"}}}\n\n";
        site.on("/rpc", (exchange, request) -> breakOff(exchange, task, isCut));
        site.on("/mcp", (exchange, request) -> breakOff(exchange, ": hello\n\n", isCut));
        String agent = "{'method': '%s', 'server': {'uri': '" + site.url("/rpc") + "'}}";
        String server =
                "{'method': 'tools/list', 'transport': {'http': {'endpoint': {'uri': '" + site.url("/mcp") + "'}}}}";

        for (String method : List.of("message/stream", "tasks/resubscribe")) {
            assertRuntime(failure("a2a", agent.formatted(method)), isCut ? "/rpc" : "ended after 1 of the task t1");
        }
        assertRuntime(failure("mcp", server), "/mcp");
    }

    /** Without the end of the stream where it is cut. */
    private static void breakOff(HttpExchange exchange, String events, boolean isCut) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, isCut ? bytes.length + 10 : 0);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }

    @Test
    void a2aTakesAStreamThatEndsWhereItsTaskWaits() throws Exception {
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
    void a2aSaysWhereThereIsNoAnswer() {
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
    void a2aSendsAMessageToTheAgentOfACard() throws Exception {
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
    void a2aKeepsCredentialsOfACardFromOtherHosts() throws Exception {
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
    void a2aCollectsAStreamUntilItsLastEvent() throws Exception {
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
    void a2aFailsWithRuntimeErrors() {
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

    private static void assertRuntime(WorkflowError error, String detail) {
        assertThat(error.type()).endsWith("/runtime");
        assertThat(error.status()).isEqualTo(500);
        assertThat(error.detail()).contains(detail);
    }

    private static void answer(HttpExchange exchange, JsonNode message, String result) throws IOException {
        TestingSite.send(
                exchange,
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}");
    }

    private static void error(HttpExchange exchange, JsonNode message, int code, String text) throws IOException {
        TestingSite.send(
                exchange,
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"error\":{\"code\":" + code + ",\"message\":\""
                        + text + "\"}}");
    }

    /** Stays open until whoever reads it has gone. */
    private void stream(HttpExchange exchange, String events) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            while (!testIsOver.await(20, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(": still here\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (IOException gone) {
            connectionClosed.countDown();
        }
    }

    private static TestingConnectors connectors(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("connectors", "mcp,a2a");
        return TestingConnectors.of(all, Map.of());
    }

    private static JsonNode call(String type, String with) throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            return connectors.call(type, with);
        }
    }

    private static WorkflowError failure(String type, String with) {
        return failure(Map.of(), type, with);
    }

    private static WorkflowError failure(Map<String, String> settings, String type, String with) {
        try (TestingConnectors connectors = connectors(settings)) {
            return connectors.failure(type, with);
        }
    }
}
