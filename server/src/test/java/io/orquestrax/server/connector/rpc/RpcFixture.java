package io.orquestrax.server.connector.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
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
import org.junit.jupiter.api.AfterEach;

/** Servers of MCP and A2A, written for the tests from the protocols' rules, and calls of them. */
abstract class RpcFixture {
    final TestingSite site = new TestingSite();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final CountDownLatch testIsOver = new CountDownLatch(1);
    final CountDownLatch connectionClosed = new CountDownLatch(1);

    @AfterEach
    void close() {
        testIsOver.countDown();
        site.close();
    }

    static void assertRuntime(WorkflowError error, String detail) {
        assertThat(error.type()).endsWith("/runtime");
        assertThat(error.status()).isEqualTo(500);
        assertThat(error.detail()).contains(detail);
    }

    static void answer(HttpExchange exchange, JsonNode message, String result) throws IOException {
        TestingSite.send(
                exchange,
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}");
    }

    static void error(HttpExchange exchange, JsonNode message, int code, String text) throws IOException {
        TestingSite.send(
                exchange,
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"error\":{\"code\":" + code + ",\"message\":\""
                        + text + "\"}}");
    }

    /** Stays open until whoever reads it has gone. */
    void stream(HttpExchange exchange, String events) throws IOException, InterruptedException {
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

    static TestingConnectors connectors(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("connectors", "mcp,a2a");
        return TestingConnectors.of(all, Map.of());
    }

    static JsonNode call(String type, String with) throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            return connectors.call(type, with);
        }
    }

    static WorkflowError failure(String type, String with) {
        return failure(Map.of(), type, with);
    }

    static WorkflowError failure(Map<String, String> settings, String type, String with) {
        try (TestingConnectors connectors = connectors(settings)) {
            return connectors.failure(type, with);
        }
    }

    /** Without the end of the stream where it is cut. */
    static void breakOff(HttpExchange exchange, String events, boolean isCut) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, isCut ? bytes.length + 10 : 0);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }
}
