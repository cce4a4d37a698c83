package io.orquestrax.server.connector.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP over HTTP. */
@Timeout(120)
class McpOverHttpTest extends RpcFixture {
    private static final String ECHO = "{'method': 'tools/call', 'parameters': {'name': 'echo', 'arguments': {'a': 1}},"
            + " 'transport': {'http': {'endpoint': {'uri': '%s', 'authentication': {'bearer': {'token': 'abc'}}},"
            + " 'headers': {'X-Tenant': 't1'}}}}";

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
    void callsAToolWithinASession(boolean inStream) throws Exception {
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
    void failsWithRuntimeErrors() {
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beginsOneSessionMoreWhereTheServerForgotTheFirst(boolean forgetsAlways) throws Exception {
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
    void answersWhatTheServerAsksBeforeItAnswers() throws Exception {
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
    void tellsAServerWhoseAnswerNobodyWants(boolean isCancelled) throws Exception {
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
    void speaksNoVersionThatNobodyKnows() {
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
        site.on("/mcp", (exchange, request) -> breakOff(exchange, ": hello\n\n", isCut));
        String server =
                "{'method': 'tools/list', 'transport': {'http': {'endpoint': {'uri': '" + site.url("/mcp") + "'}}}}";

        assertRuntime(failure("mcp", server), "/mcp");
    }
}
