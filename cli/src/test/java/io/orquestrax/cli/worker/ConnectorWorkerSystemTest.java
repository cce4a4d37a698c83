package io.orquestrax.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.orquestrax.cli.testing.TestingCluster;
import io.orquestrax.cli.testing.TestingCluster.Member;
import io.orquestrax.cli.testing.TestingCommand;
import io.orquestrax.cli.testing.TestingProcess;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.InstanceStatus;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.StartRequest;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.asyncapi.TestingBroker;
import io.orquestrax.store.TestingHistoryLock;
import io.orquestrax.store.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connectors in a process of their own, with their own settings and secrets, for a node that has none. */
class ConnectorWorkerSystemTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String DEFINITION = """
            document: {dsl: '1.0.3', namespace: test, name: calls, version: '1.0.0'}
            use: {secrets: [key]}
            do:
            - echo:
                call: http
                with: {method: get, endpoint: '%s/echo', headers: {X-Key: '${ $secrets.key }'}}
            - refuse:
                try: [{call: {call: http, with: {method: get, endpoint: '%s/nothing'}}}]
                catch: {do: [{keep: {set: {status: '${ $error.status }', title: '${ $error.title }'}}}]}
            """;

    private static final String DOCUMENT = """
            asyncapi: 3.0.0
            servers: {main: {host: '127.0.0.1:%d', protocol: %s}}
            channels: {orders: {address: orders, bindings: {amqp: {exchange: {name: orders, type: topic}}}}}
            operations:
              take: {action: receive, channel: {$ref: '#/channels/orders'}}
              give: {action: send, channel: {$ref: '#/channels/orders'}}
            """;

    @TempDir
    private Path directory;

    @Test
    void callsForANodeWithoutConnectors() throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StringBuffer keys = new StringBuffer();
        site.createContext("/echo", exchange -> {
            keys.append(exchange.getRequestHeaders().getFirst("X-Key"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        site.start();
        Files.writeString(Files.createDirectory(directory.resolve("secrets")).resolve("key"), "s3cr3t-value\n");
        try (TestingCluster cluster = TestingCluster.start(directory)) {
            Member node = cluster.startNode("connectors=");
            Member _ = cluster.startWorkerOf(
                    "outpost",
                    node,
                    "--connectors",
                    "http,openapi",
                    "--set",
                    "connectors.http.hosts.allowed=127.0.0.1",
                    "--set",
                    "secrets.directory=" + directory.resolve("secrets"));
            deploy(node, "http://127.0.0.1:" + site.getAddress().getPort());

            JsonNode done = start(node);

            assertThat(keys.toString()).isEqualTo("s3cr3t-value");
            assertThat(Json.write(done.path("output"))).isEqualTo("{\"status\":404,\"title\":\"HTTP 404 Not Found\"}");
        } finally {
            site.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "mqtt"})
    void aSubscriptionOfAWorkerThatDiesLosesNothing(String protocol) throws Exception {
        try (TestingBroker broker = TestingBroker.of(protocol, directory);
                Site site = new Site(DOCUMENT.formatted(broker.port(), protocol));
                TestingCluster cluster = TestingCluster.start(directory)) {
            Member node = cluster.startNode("connectors=");
            Member worker = cluster.startWorkerOf(
                    "outpost", node, "--connectors", "asyncapi", "--set", "connectors.http.hosts.allowed=127.0.0.1");
            try (OrquestraxClient client = OrquestraxClient.connect(node.address())) {
                String address = site.address();
                client.deploy(call("taking", address, "operation: take, subscription: {consume: {amount: 2}}"));
                client.deploy(call(
                        "giving", address, "operation: give, message: {payload: {id: '${ $workflow.input.id }'}}"));
                Instance taking = client.start(StartRequest.of("test", "taking"));
                awaitProgress(client, taking, "0 messages so far");
                give(client, 1);
                awaitProgress(client, taking, "1 messages so far");

                worker.kill();
                worker.start();
                worker.awaitReady();
                give(client, 2);

                Instance done = client.await(taking.id(), LIMIT);
                assertThat(done.outputAs(JsonNode.class).findValuesAsText("id")).containsExactly("1", "2");
            }
        }
    }

    /** Known to the worker by {@code JobContext.onSettled}. */
    @Test
    void aResultThatIsInNoHistoryLeavesItsMessagesToTheBroker() throws Exception {
        try (TestingBroker broker = TestingBroker.of("amqp", directory);
                Site site = new Site(DOCUMENT.formatted(broker.port(), "amqp"));
                TestingCluster cluster = TestingCluster.start(directory);
                TestingConnectors publisher = TestingConnectors.of(Map.of("connectors", "asyncapi"), Map.of())) {
            Member node = cluster.startNode("connectors=");
            Member worker = cluster.startWorkerOf(
                    "outpost", node, "--connectors", "asyncapi", "--set", "connectors.http.hosts.allowed=127.0.0.1");
            try (OrquestraxClient client = OrquestraxClient.connect(node.address())) {
                client.deploy(call("taking", site.address(), "operation: take, subscription: {consume: {amount: 1}}"));
                Instance taking = client.start(StartRequest.of("test", "taking"));
                awaitProgress(client, taking, "0 messages so far");
                try (TestingHistoryLock history = new TestingHistoryLock(cluster.connect(), cluster.connect())) {
                    publisher.call(
                            "asyncapi",
                            "{'document': {'endpoint': {'uri': '" + site.address()
                                    + "/d'}}, 'operation': 'give', 'message': {'payload': {'id': 1}}}");
                    history.awaitWriter();
                    node.kill();
                    worker.kill();
                    history.endWriters();
                }
                node.start();
                node.awaitReady();
                worker.start();
                worker.awaitReady();

                Instance done = client.await(taking.id(), LIMIT);
                assertThat(done.outputAs(JsonNode.class).findValuesAsText("id")).containsExactly("1");
            }
        }
    }

    /** Has one document, wherever it is looked for. */
    private record Site(HttpServer server) implements AutoCloseable {
        Site(String document) throws IOException {
            this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static String call(String name, String address, String with) {
        return """
                document: {dsl: '1.0.3', namespace: test, name: %s, version: '1.0.0'}
                do:
                - call: {call: asyncapi, with: {document: {endpoint: '%s/d'}, %s}}
                """.formatted(name, address, with);
    }

    private static void give(OrquestraxClient client, int id) {
        Instance giving = client.start("test", "giving", Map.of("id", id));
        assertThat(client.await(giving.id(), LIMIT).status()).isEqualTo(InstanceStatus.COMPLETED);
    }

    private static void awaitProgress(OrquestraxClient client, Instance instance, String progress) throws Exception {
        Waiting.until(
                progress,
                () -> client.activations(instance.id()).stream()
                        .anyMatch(each -> each.progress() != null
                                && each.progress().text().contains(progress)));
    }

    private static void deploy(Member node, String address) {
        try (OrquestraxClient client = OrquestraxClient.connect(node.address())) {
            assertThat(client.deploy(DEFINITION.formatted(address, address)).created())
                    .isTrue();
        }
    }

    private JsonNode start(Member node) throws IOException {
        TestingProcess command = TestingCommand.run(
                directory, "start", "test/calls", "--wait", "--output", "json", "--server", node.address());
        assertThat(command.awaitExit(LIMIT)).as(command.output()).isZero();
        return Json.read(command.output().lines().toList().getLast());
    }
}
