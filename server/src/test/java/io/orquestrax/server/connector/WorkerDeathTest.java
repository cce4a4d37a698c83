package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.connector.container.TestingEngine;
import io.orquestrax.server.connector.grpc.TestingGreeter;
import io.orquestrax.server.connector.grpc.TestingProtos;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.connector.http.TestingSite.Asked;
import io.orquestrax.server.node.Node;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.InstanceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of one call of each connector. */
@Timeout(240)
class WorkerDeathTest {
    private final TestingRuns runs = new TestingRuns();
    private final TestingSite site = new TestingSite();
    private final TestingEngine engine = new TestingEngine();
    private final TestingGreeter greeter = new TestingGreeter();
    /** The keys that came, by connector. */
    private final Map<String, List<String>> keys = new ConcurrentHashMap<>();

    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        testIsOver.countDown();
        greeter.close();
        engine.close();
        site.close();
        runs.close();
    }

    @Test
    void whatAKilledProcessHadBegunIsDoneAgainByTheNext() throws Exception {
        Map<String, String> tasks = tasks();
        serve();
        Map<String, String> settings = Map.of(
                "connectors",
                "http,openapi,grpc,mcp,a2a,shell,script,container",
                "connectors.container.engine",
                engine.address(),
                // However slow the machine is, no call ends by itself.
                "connectors.http.timeout",
                "5m",
                "connectors.grpc.timeout",
                "5m",
                "connectors.rpc.timeout",
                "5m");
        try (TestingNodeProcess killed = TestingNodeProcess.start(directory, runs.flags(settings), tasks)) {
            assertThat(killed.begun()).isNotNull();
            Waiting.until("each call is under way", () -> begun().keySet().containsAll(tasks.keySet()));
        }
        greeter.release();
        Files.writeString(directory.resolve("gate"), "");
        try (Node node = runs.node(settings)) {
            for (String connector : tasks.keySet()) {
                InstanceRow row = TestingRuns.await(
                        node, TestingRuns.instances(node, connector).getFirst().id());

                assertThat(row.status()).as("%s: %s", connector, row.error()).isEqualTo(Status.COMPLETED);
                assertThat(begun().get(connector))
                        .as("the keys of both attempts of " + connector)
                        .hasSize(2)
                        .containsOnly(row.id() + ".1");
            }
        }
        assertThat(engine.isAnyRunning()).isFalse();
    }

    private Map<String, String> tasks() {
        Map<String, String> tasks = new LinkedHashMap<>();
        tasks.put("http", "call: http, with: {method: post, endpoint: '%s'}".formatted(site.url("/http")));
        tasks.put(
                "openapi",
                "call: openapi, with: {document: {endpoint: '%s'}, operationId: act, parameters: {}}"
                        .formatted(site.url("/api.json")));
        tasks.put(
                "grpc",
                ("call: grpc, with: {proto: {endpoint: '%s'}, service: {name: Greeter, host: 127.0.0.1, port: %d},"
                                + " method: SayHello, arguments: {name: wait}}")
                        .formatted(site.url("/protos/greeting/v1/greeter.proto"), greeter.port()));
        tasks.put(
                "mcp",
                ("call: mcp, with: {method: tools/call, parameters: {name: act, arguments: {}},"
                                + " transport: {http: {endpoint: {uri: '%s'}}}}")
                        .formatted(site.url("/mcp")));
        tasks.put(
                "a2a",
                "call: a2a, with: {method: message/send, server: {uri: '%s'}, parameters: {message: {parts: []}}}"
                        .formatted(site.url("/a2a")));
        String command = "command: 'echo $ORQUESTRAX_IDEMPOTENCY_KEY >> " + directory + "/%s; until [ -e " + directory
                + "/gate ]; do sleep 0.05; done'";
        tasks.put("shell", "run: {shell: {" + command.formatted("shell") + "}}");
        tasks.put("container", "run: {container: {image: alpine, " + command.formatted("container") + "}}");
        tasks.put("script", """
                run: {script: {language: python, arguments: {folder: '%s'}, code: "import os, time\\n\
                open(folder + '/script', 'a').write(os.environ['ORQUESTRAX_IDEMPOTENCY_KEY'] + '\\\\n')\\n\
                while not os.path.exists(folder + '/gate'): time.sleep(0.05)\\n"}}""".formatted(directory));
        return tasks;
    }

    private void serve() {
        TestingProtos.on(site);
        site.on("/api.json", 200, "application/json", """
                {"openapi": "3.1.0", "servers": [{"url": "%s"}],
                 "paths": {"/openapi": {"post": {"operationId": "act"}}}}
                """.formatted(site.url("")));
        site.on("/http", (exchange, asked) -> answerLater("http", exchange, asked, "{}"));
        site.on("/openapi", (exchange, asked) -> answerLater("openapi", exchange, asked, "{}"));
        site.on("/a2a", (exchange, asked) -> answerLater("a2a", exchange, asked, result(asked)));
        site.on("/mcp", (exchange, asked) -> {
            if (asked.body().contains("tools/call")) {
                answerLater("mcp", exchange, asked, result(asked));
            } else if (asked.body().contains("\"initialize\"")) {
                TestingSite.send(exchange, 200, "application/json", result(asked));
            } else {
                exchange.sendResponseHeaders(202, -1);
            }
        });
    }

    private static String result(Asked asked) {
        JsonNode id = Json.readTrusted(asked.body()).path("id");
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"protocolVersion\":\"2025-06-18\"}}";
    }

    /** The first attempt gets no answer. */
    private void answerLater(String connector, HttpExchange exchange, Asked asked, String body)
            throws IOException, InterruptedException {
        List<String> seen = keys.computeIfAbsent(connector, name -> new CopyOnWriteArrayList<>());
        seen.add(asked.headers().getOrDefault("Idempotency-Key", ""));
        if (seen.size() == 1) {
            testIsOver.await();
        }
        TestingSite.send(exchange, 200, "application/json", body);
    }

    /** The keys of what was begun, by connector. */
    private Map<String, List<String>> begun() throws IOException {
        Map<String, List<String>> begun = new LinkedHashMap<>(keys);
        List<String> calls = new ArrayList<>();
        greeter.asked().forEach(each -> calls.add(String.valueOf(each.get(TestingGreeter.key("idempotency-key")))));
        if (!calls.isEmpty()) {
            begun.put("grpc", calls);
        }
        for (String process : List.of("shell", "script", "container")) {
            Path file = directory.resolve(process);
            if (Files.exists(file)) {
                begun.put(process, Files.readAllLines(file));
            }
        }
        return begun;
    }
}
