package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.connector.TestingNodeProcess;
import io.orquestrax.server.connector.TestingRuns;
import io.orquestrax.server.connector.asyncapi.TestingCalls.Settling;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.store.TestingHistoryLock;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that are killed between a broker and the history. */
@Timeout(300)
class SubscriptionDeathTest {
    /** Each of which takes a while to start. */
    private static final Map<String, TestingBroker> BROKERS = new HashMap<>();

    /** A channel with a name of its own, whatever the protocol has for it. */
    private static final String CHANNEL = """
            address: %1$s, bindings: {amqp: {exchange: {name: %1$s, type: topic}}, kafka: {topic: %1$s}},\
            """;

    @TempDir
    private static Path directory;

    private final TestingRuns runs = new TestingRuns();
    private final TestingSite site = new TestingSite();
    private final TestingCalls calls = new TestingCalls(Map.of());

    @AfterAll
    static void stopBrokers() {
        BROKERS.values().forEach(TestingBroker::close);
        BROKERS.clear();
    }

    @AfterEach
    void close() {
        calls.close();
        site.close();
        runs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "kafka", "mqtt"})
    void whatTheBrokerHoldsIsTakenByTheNextNode(String protocol) throws Exception {
        describe(protocol, "held");
        try (TestingNodeProcess killed =
                process(Map.of("taking", asyncapi("operation: take, subscription: {consume: {amount: 3}}")))) {
            awaitStep(killed, "0 messages so far");
            publish(1);
            awaitStep(killed, "1 messages so far");
        }
        publish(2);
        try (Node node = node()) {
            publish(3);

            JsonNode taken = output(node, "taking");
            assertThat(taken.findValuesAsText("id")).containsExactly("1", "2", "3");
            assertThat(taken.findValuesAsText("Idempotency-Key")).containsExactly("m.1", "m.2", "m.3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "kafka", "mqtt"})
    void isAcknowledgedOnlyOnceTheResultIsInTheHistory(String protocol) throws Exception {
        describe(protocol, "durable");
        try (TestingNodeProcess killed =
                process(Map.of("taking", asyncapi("operation: take, subscription: {consume: {amount: 1}}")))) {
            awaitStep(killed, "0 messages so far");
            try (TestingHistoryLock history = new TestingHistoryLock(runs.connect(), runs.connect())) {
                publish(1);
                history.awaitWriter();
                killed.close();
                history.endWriters();
            }
        }
        try (Node node = node()) {
            assertThat(output(node, "taking").findValuesAsText("id")).containsExactly("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "kafka", "mqtt"})
    void aListTakesEveryMessageHoweverManyNodesDie(String protocol) throws Exception {
        describe(protocol, "list");
        Set<String> seen = new ConcurrentSkipListSet<>();
        site.on("/seen", (exchange, asked) -> {
            seen.add(Json.readTrusted(asked.body()).asText());
            TestingSite.send(exchange, 200, "application/json", "{}");
        });
        String note = "{note: {call: http, with: {method: post, endpoint: '" + site.url("/seen")
                + "', body: '${ $message.headers[\"Idempotency-Key\"] }'}}}";
        String taking = "operation: take, subscription: {consume: {amount: 1000}, foreach: {item: message, do: [" + note
                + "]}}";
        try (TestingNodeProcess killed = process(Map.of("taking", asyncapi(taking)))) {
            awaitStep(killed, "0 messages so far");
            publish(1, 2, 3, 4);
            Waiting.until("it has seen one", () -> !seen.isEmpty());
        }
        publish(5, 6);
        try (TestingNodeProcess killed = process(Map.of())) {
            publish(7, 8, 9);
            Waiting.until("it has seen another that came after the first", () -> seen.contains("m.6"));
            assertThat(killed.begun()).isNotNull();
        }
        publish(10, 11);
        try (Node node = node()) {
            publish(12);
            List<String> all =
                    IntStream.rangeClosed(1, 12).mapToObj(id -> "m." + id).toList();
            Waiting.until("all were seen", () -> seen.containsAll(all));
            InstanceRow row = TestingRuns.instances(node, "taking").getFirst();
            assertThat(row.status()).isEqualTo(Status.RUNNING);
            TestingRuns.orchestration(node)
                    .cancel(Caller.ANONYMOUS, row.id(), "enough")
                    .join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "kafka", "mqtt", "nats"})
    void aMessageThatIsPublishedAgainHasTheSameKey(String protocol) throws Exception {
        describe(protocol, "again");
        TestingBroker broker = broker(protocol);
        CountDownLatch underWay = new CountDownLatch(1);
        site.on("/frozen", (exchange, asked) -> {
            if (underWay.getCount() > 0) {
                freeze(broker);
                underWay.countDown();
            }
            TestingSite.send(exchange, 200, "application/yaml", document(protocol, "again"));
        });
        String giving = "call: asyncapi, with: {document: {endpoint: '" + site.url("/frozen")
                + "'}, operation: give, message: {payload: {id: 1}}}";
        try (TestingNodeProcess killed = process(Map.of("giving", giving))) {
            assertThat(underWay.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(killed.begun()).isNotNull();
        } finally {
            broker.thaw();
        }
        FutureTask<JsonNode> taking = calls.take("'amount': 1", protocol + ".1", new Settling());
        try (Node node = node()) {
            InstanceRow row = TestingRuns.await(
                    node, TestingRuns.instances(node, "giving").getFirst().id());

            assertThat(row.status()).as("%s", row.error()).isEqualTo(Status.COMPLETED);
            assertThat(taking.get().at("/0/headers/Idempotency-Key").textValue())
                    .isEqualTo(row.id() + ".1");
        }
    }

    /** It takes connections, and says nothing. */
    private static void freeze(TestingBroker broker) {
        try {
            broker.freeze();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TestingBroker broker(String protocol) {
        return Objects.requireNonNull(BROKERS.get(protocol), "What is described has its broker");
    }

    private static String document(String protocol, String channel) {
        return TestingCalls.THREE
                .replace("address: orders,", CHANNEL.formatted(channel))
                .formatted(broker(protocol).port(), protocol);
    }

    private void describe(String protocol, String channel) throws Exception {
        if (!BROKERS.containsKey(protocol)) {
            BROKERS.put(protocol, TestingBroker.of(protocol, Files.createDirectories(directory.resolve(protocol))));
        }
        calls.site().on("/3", 200, "application/yaml", document(protocol, channel));
    }

    private String asyncapi(String with) {
        return "call: asyncapi, with: {document: {endpoint: '" + calls.site().url("/3") + "'}, " + with + "}";
    }

    /** In an order that Kafka keeps too, with the keys {@code m.} and their number. */
    private void publish(int... ids) throws Exception {
        for (int id : ids) {
            calls.publish("{'payload': {'id': " + id + "}, 'headers': {'partitionkey': 'same'}}", "m." + id);
        }
    }

    private static void awaitStep(TestingNodeProcess node, String told) throws Exception {
        node.begun();
        Waiting.until(told, () -> node.steps("taking").contains(told));
    }

    private TestingNodeProcess process(Map<String, String> tasks) throws Exception {
        return TestingNodeProcess.start(directory, runs.flags(settings()), tasks);
    }

    private Node node() {
        return runs.node(settings());
    }

    private static Map<String, String> settings() {
        return Map.of("connectors", "asyncapi,http", "drain.limit", "300ms");
    }

    private static JsonNode output(Node node, String workflow) {
        InstanceRow row = TestingRuns.await(
                node, TestingRuns.instances(node, workflow).getFirst().id());
        assertThat(row.status()).as("%s", row.error()).isEqualTo(Status.COMPLETED);
        return Json.readTrusted(String.valueOf(row.output()));
    }
}
