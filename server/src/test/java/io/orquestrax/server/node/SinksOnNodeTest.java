package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksOnNodeTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> contentTypes = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Map<String, String>> signatures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer sink;

    SinksOnNodeTest() throws IOException {
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        sink.createContext("/in", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean isRefused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!isRefused) {
                Map<String, String> headers = new HashMap<>();
                for (String name : List.of("id", "timestamp", "signature")) {
                    headers.put(name, exchange.getRequestHeaders().getFirst("webhook-" + name));
                }
                headers.put("body", new String(body, StandardCharsets.UTF_8));
                signatures.add(headers);
                contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
                // The tests wait for this one.
                received.add(Json.read(body));
            }
            exchange.sendResponseHeaders(isRefused ? 503 : 202, -1);
            exchange.close();
        });
        sink.start();
    }

    @AfterEach
    void close() {
        sink.stop(0);
        database.close();
    }

    @Test
    void sendsWhatInstancesEmitInOrderHoweverOftenTheSinkRefuses() {
        refusals.set(3);
        try (TestingNode node = node("off", "events=http://127.0.0.1:" + port() + "/in order.*")) {
            node.deploy("emitter", """
                    - one:
                        emit: { event: { with: { source: /a, type: order.made, data: 1.10 } } }
                    - other:
                        emit: { event: { with: { source: /a, type: note, data: 2 } } }
                    - two:
                        emit: { event: { with: { source: /a, type: order.sent, data: 3 } } }
                    """);
            node.start("emitter");

            TestingNode.until("both have come", () -> received.size() == 2);

            assertThat(received)
                    .extracting(event -> event.get("type").asText())
                    .containsExactly("order.made", "order.sent");
            assertThat(Json.write(received.getFirst().get("data"))).isEqualTo("1.10");
            assertThat(contentTypes).allMatch(type -> type.startsWith("application/cloudevents+json"));
            TestingNode.until("none is left", () -> waiting() == 0);
        }
    }

    @Test
    void aSinkThatIsDownHoldsUpNoOther() {
        try (TestingNode node = node("off", "down=http://127.0.0.1:1/in,up=http://127.0.0.1:" + port() + "/in")) {
            node.deploy("emitter", "- one:\n    emit: { event: { with: { source: /a, type: order.made, data: 1 } } }");

            node.start("emitter");

            TestingNode.until("it has come", () -> received.size() == 1);
            TestingNode.until("one is left", () -> waiting() == 1);
        }
    }

    @Test
    void tellsTheLifecycleOfWorkflowsAndTasks() {
        try (TestingNode node = node("all", "audit=http://127.0.0.1:" + port() + "/in")) {
            node.deploy("quick", "- done:\n    set:\n      ok: true");

            UUID id = node.start("quick").id();

            TestingNode.until("all have come", () -> received.size() == 5);
            assertThat(received)
                    .extracting(event -> event.get("type").asText())
                    .containsExactly(
                            "io.serverlessworkflow.workflow.started.v1",
                            "io.serverlessworkflow.task.created.v1",
                            "io.serverlessworkflow.task.started.v1",
                            "io.serverlessworkflow.task.completed.v1",
                            "io.serverlessworkflow.workflow.completed.v1");
            assertThat(received.getFirst().at("/data/name").asText()).isEqualTo("quick-" + id + ".test");
            assertThat(received.get(3).at("/data/task").asText()).isEqualTo("/do/0/done");
            assertThat(received).extracting(event -> event.get("id").asText()).doesNotHaveDuplicates();
        }
    }

    @Test
    void tellsThatAWorkflowCorrelatesAndThatTasksAreSuspendedResumedAndCancelled() {
        try (TestingNode node = node("all", "audit=http://127.0.0.1:" + port() + "/in")) {
            node.deploy("listening", """
                    - race:
                        fork:
                          compete: true
                          branches:
                            - slow: { wait: { hours: 1 } }
                            - quick:
                                listen:
                                  to:
                                    one:
                                      with: { type: lifecycle.test }
                                      correlate: { order: { from: .data.order } }
                    """);
            UUID id = node.start("listening").id();
            node.orchestration().suspend(TestingNode.CALLER, id, null).join();
            node.orchestration().resume(TestingNode.CALLER, id, null).join();

            node.orchestration().events().publish(Json.readTrusted("""
                            {"specversion": "1.0", "id": "1", "source": "/a", "type": "lifecycle.test", "data": {"order": 7}}""")).join();

            TestingNode.until("all has come", () -> told().contains("workflow.completed "));
            assertThat(told())
                    .contains(
                            "workflow.correlation-started ",
                            "task.suspended /do/0/race/fork/branches/0/slow",
                            "task.resumed /do/0/race/fork/branches/0/slow",
                            "workflow.correlation-completed ",
                            "task.cancelled /do/0/race/fork/branches/0/slow")
                    .doesNotContain("task.cancelled /do/0/race", "task.cancelled /do/0/race/fork/branches/1/quick")
                    .containsSubsequence(
                            "task.suspended /do/0/race/fork/branches/1/quick",
                            "task.resumed /do/0/race/fork/branches/1/quick",
                            "workflow.correlation-completed ",
                            "task.completed /do/0/race/fork/branches/1/quick",
                            "task.completed /do/0/race");
            assertThat(received).extracting(event -> event.get("id").asText()).doesNotHaveDuplicates();
            assertThat(received)
                    .filteredOn(event -> event.get("type").asText().contains("correlation-completed"))
                    .singleElement()
                    .extracting(event -> Json.write(event.at("/data/correlationKeys")))
                    .isEqualTo("{\"order\":7}");
        }
    }

    private List<String> told() {
        synchronized (received) {
            return received.stream()
                    .map(event -> event.get("type").asText().replaceAll("io.serverlessworkflow.|.v1$", "") + " "
                            + event.at("/data/task").asText())
                    .toList();
        }
    }

    @Test
    void signsWhatGoesOut(@TempDir Path secrets) throws Exception {
        Files.writeString(secrets.resolve("sink"), "sink-key");
        Settings settings = settings("off", "events=http://127.0.0.1:" + port() + "/in")
                .with(ConnectorSettingCatalog.SECRETS_DIRECTORY, secrets.toString())
                .with(SettingCatalog.EVENTS_SINKS_SECRET, "sink");
        try (TestingNode node = TestingNode.on(database, settings)) {
            node.deploy("emitter", """
                    - one:
                        emit: { event: { with: { source: /a, type: order.made, data: 1 } } }
                    """);
            node.start("emitter");

            TestingNode.until("it has come", () -> received.size() == 1);

            Map<String, String> headers = signatures.element();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("sink-key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signed = headers.get("id") + "." + headers.get("timestamp") + "." + headers.get("body");
            assertThat(headers.get("id"))
                    .isEqualTo(received.getFirst().get("id").asText());
            assertThat(headers.get("signature"))
                    .isEqualTo("v1,"
                            + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void sendsNothingUnsignedThatShouldBeSigned() {
        Settings settings = settings("off", "events=http://127.0.0.1:" + port() + "/in")
                .with(SettingCatalog.EVENTS_SINKS_SECRET, "not-there");
        try (TestingNode node = TestingNode.on(database, settings)) {
            node.deploy("emitter", """
                    - one:
                        emit: { event: { with: { source: /a, type: order.made, data: 1 } } }
                    """);
            node.start("emitter");

            TestingNode.until(
                    "it was tried", () -> node.count("orquestrax.events.send.failures", "sink", "events") > 0);
            assertThat(received).isEmpty();
            assertThat(waiting()).isEqualTo(1);
        }
    }

    private TestingNode node(String lifecycle, String sinks) {
        return TestingNode.on(database, settings(lifecycle, sinks));
    }

    private static Settings settings(String lifecycle, String sinks) {
        return Settings.load(
                null, Map.of(), Map.of("partitions", "4", "events.sinks", sinks, "events.lifecycle", lifecycle));
    }

    private int port() {
        return sink.getAddress().getPort();
    }

    private int waiting() {
        return database.database().with("count", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT count(*) FROM orquestrax.outgoing_event")) {
                row.next();
                return row.getInt(1);
            }
        });
    }
}
