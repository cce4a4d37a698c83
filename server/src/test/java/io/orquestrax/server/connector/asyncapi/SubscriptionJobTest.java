package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscription as a job of a node. */
@Timeout(180)
class SubscriptionJobTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final TestingSite site = new TestingSite();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        site.close();
        database.close();
    }

    @Test
    void losesNothingThatTheBrokerHoldsWhileNoNodeRuns() throws Exception {
        try (TestingBroker broker = TestingBroker.mosquitto(directory)) {
            describe(broker);
            UUID taking;
            try (Node node = start()) {
                taking = start(node, "taking", "operation: take, subscription: {consume: {amount: 2}}");
                Waiting.until(
                        "it listens", () -> steps(node, taking).anyMatch(each -> each.contains("0 messages so far")));
                complete(node, "first", "operation: give, message: {payload: {id: 1}}");
                Waiting.until(
                        "it took one", () -> steps(node, taking).anyMatch(each -> each.contains("1 messages so far")));
            }
            // Another node's instance publishes while the subscription's node is gone.
            try (TestingDatabase other = TestingPostgres.freshDatabase();
                    Node node = Node.start(settings(other), List.of())) {
                complete(node, "second", "operation: give, message: {payload: {id: 2}}");
            }
            try (Node node = start()) {
                InstanceRow row = await(node, taking);

                assertThat(row.status()).isEqualTo(Status.COMPLETED);
                assertThat(Json.readTrusted(String.valueOf(row.output())).findValuesAsText("id"))
                        .containsExactly("1", "2");
            }
        }
    }

    @Test
    void takesEachMessageThroughAListAndGoesOnWithTheNextAfterARestart() throws Exception {
        try (TestingBroker broker = TestingBroker.mosquitto(directory)) {
            describe(broker);
            UUID taking;
            try (Node node = start()) {
                taking = start(
                        node,
                        "taking",
                        "operation: take, subscription: {consume: {amount: 3}, foreach: {item: message, output: {as:"
                                + " '${ $message.payload.id }'}, do: [{note: {set: {seen: '${ $index }'}}}]}}");
                Waiting.until(
                        "it listens", () -> steps(node, taking).anyMatch(each -> each.contains("0 messages so far")));
                complete(node, "first", "operation: give, message: {payload: {id: 1}}");
                Waiting.until(
                        "the next job listens",
                        () -> tasks(node, taking)
                                        .filter(each -> each.endsWith("/consume"))
                                        .count()
                                == 2);
            }
            try (TestingDatabase other = TestingPostgres.freshDatabase();
                    Node node = Node.start(settings(other), List.of())) {
                complete(node, "second", "operation: give, message: {payload: {id: 2}}");
            }
            try (Node node = start()) {
                complete(node, "third", "operation: give, message: {payload: {id: 3}}");
                InstanceRow row = await(node, taking);

                assertThat(row.status()).isEqualTo(Status.COMPLETED);
                assertThat(row.output()).isEqualTo("[1,2,3]");
                assertThat(tasks(node, taking).filter(each -> each.endsWith("/note")))
                        .hasSize(3);
            }
        }
    }

    private static java.util.stream.Stream<String> tasks(Node node, UUID instance) {
        return node.services().orchestration().activations(Caller.ANONYMOUS, instance).stream()
                .map(Activation::task);
    }

    private void describe(TestingBroker broker) {
        site.on("/d", 200, "application/yaml", """
                asyncapi: 3.0.0
                servers: {main: {host: '127.0.0.1:%d', protocol: mqtt}}
                channels: {orders: {address: orders}}
                operations:
                  take: {action: receive, channel: {$ref: '#/channels/orders'}}
                  give: {action: send, channel: {$ref: '#/channels/orders'}}
                """.formatted(broker.port()));
    }

    private Node start() {
        return Node.start(settings(database), List.of());
    }

    private void complete(Node node, String name, String with) {
        assertThat(await(node, start(node, name, with)).status()).isEqualTo(Status.COMPLETED);
    }

    private UUID start(Node node, String name, String with) {
        String definition = """
                document: {dsl: '1.0.3', namespace: test, name: %s, version: '1.0.0'}
                do:
                - call: {call: asyncapi, with: {document: {endpoint: '%s'}, %s}}
                """.formatted(name, site.url("/d"), with);
        Orchestration orchestration = node.services().orchestration();
        orchestration.deploy(Caller.ANONYMOUS, definition.getBytes(StandardCharsets.UTF_8));
        StartRequest request = new StartRequest("test", name, null, null, Json.NODES.objectNode(), Map.of());
        return orchestration.start(Caller.ANONYMOUS, request).join().instance().id();
    }

    private static java.util.stream.Stream<String> steps(Node node, UUID instance) {
        return node.services().orchestration().activations(Caller.ANONYMOUS, instance).stream()
                .map(Activation::progress)
                .map(String::valueOf);
    }

    private static InstanceRow await(Node node, UUID instance) {
        return node.services()
                .orchestration()
                .await(Caller.ANONYMOUS, instance, Duration.ofSeconds(60))
                .join();
    }

    private static Settings settings(TestingDatabase database) {
        return Settings.load(
                null,
                Map.of(),
                new HashMap<>(Map.of(
                        "port", "0",
                        "partitions", "2",
                        "worker.unclaimed-grace", "200ms",
                        "connectors", "asyncapi",
                        "connectors.http.hosts.allowed", "127.0.0.1",
                        "drain.limit", "300ms",
                        "postgres.url", database.url(),
                        "postgres.user", database.user(),
                        "postgres.password", database.password())));
    }
}
