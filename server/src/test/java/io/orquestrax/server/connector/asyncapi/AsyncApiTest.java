package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.ConnectorCall;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.Held;
import io.orquestrax.server.connector.ResultHolder;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to and from real brokers, as documents of both versions describe them. */
@Timeout(180)
class AsyncApiTest {
    private static final String THREE = """
            asyncapi: 3.0.0
            servers:
              main: {host: 'broker.test:%1$d', protocol: %2$s}
            channels:
              orders: {address: orders, servers: [{$ref: '#/servers/main'}]}
            operations:
              take: {action: receive, channel: {$ref: '#/channels/orders'}}
              give: {action: send, channel: {$ref: '#/channels/orders'}}
            """;
    private static final String TWO = """
            asyncapi: 2.6.0
            servers:
              main: {url: 'broker.test:{port}', protocol: %2$s, variables: {port: {default: '%1$d'}}}
            channels:
              orders:
                publish: {operationId: give}
                subscribe: {operationId: take}
            """;

    private final TestingSite site = new TestingSite();
    private final TestingConnectors connectors =
            TestingConnectors.of(Map.of("connectors", "asyncapi", "connectors.asyncapi.messages-max", "50"), Map.of());

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        connectors.close();
        site.close();
    }

    private TestingBroker broker(String protocol) throws Exception {
        TestingBroker broker = protocol.equals("nats") ? TestingBroker.nats() : TestingBroker.mosquitto(directory);
        describe(THREE, broker.port(), protocol);
        return broker;
    }

    private void describe(String document, int port, String protocol) {
        site.on(
                "/" + document.substring(10, 11),
                200,
                "application/yaml",
                document.formatted(port, protocol).replace("broker.test", "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "nats"})
    void whatIsPublishedReachesWhoSubscribed(String protocol) throws Exception {
        try (TestingBroker broker = broker(protocol)) {
            FutureTask<JsonNode> taking = take("'amount': 2", "i.1", new Settling());

            publish("{'payload': {'id': 1}, 'headers': {'correlationId': 'c1', 'kind': 'new'}}", "i.2");
            publish("{'payload': {'id': 2}}", "i.3");

            JsonNode taken = taking.get();
            assertThat(Json.write(taken.at("/0/payload"))).isEqualTo("{\"id\":1}");
            assertThat(taken.at("/0/correlationId").textValue()).isEqualTo("c1");
            assertThat(taken.at("/0/headers/kind").textValue()).isEqualTo("new");
            assertThat(taken.at("/0/headers/Idempotency-Key").textValue()).isEqualTo("i.2");
            assertThat(Json.write(taken.at("/1/payload"))).isEqualTo("{\"id\":2}");
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void aDocumentOfTheSecondVersionDescribesTheSame() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            describe(TWO, broker.port(), "mqtt");
            FutureTask<JsonNode> taking = take("/2", "'channel': 'orders'", "'amount': 1", "i.1", new Settling());

            call("/2", "'channel': 'orders', 'message': {'payload': {'n': 1.10}}", "i.2");

            assertThat(Json.write(taking.get().at("/0/payload"))).isEqualTo("{\"n\":1.10}");
        }
    }

    @Test
    void whatAnAttemptTookComesAgainWhereItsResultIsNotDurable() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            Settling lost = new Settling();
            FutureTask<JsonNode> first = take("'amount': 1", "i.1", lost);
            publish("{'payload': {'id': 1}}", "i.2");
            assertThat(first.get()).hasSize(1);
            lost.held.join().settle(false);

            // While nobody listens, and over a restart of the broker.
            publish("{'payload': {'id': 2}}", "i.3");
            broker.stop();
            broker.start();

            Settling counted = new Settling();
            JsonNode again = take("'amount': 2", "i.1", counted).get();
            assertThat(again.findValuesAsText("id")).containsExactly("1", "2");
            counted.held.join().settle(true);

            // The session is over: what comes now is for others.
            publish("{'payload': {'id': 3}}", "i.4");
            assertThat(take("'amount': 1, 'for': 'PT1S'", "i.1", new Settling()).get())
                    .isEmpty();
        }
    }

    @Test
    void consumesWhatTheFilterLetsThroughForAsLongAsThePolicySays() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            String filter =
                    "'filter': {'expression': '.payload.id % 2 == $context.odd', 'variables': {'context': {'odd': 1}}}";
            FutureTask<JsonNode> whileTwo =
                    take(filter + ", 'while': {'expression': 'length < 2', 'variables': {}}", "i.1", new Settling());
            FutureTask<JsonNode> untilThree = take(
                    "'until': {'expression': 'map(.payload.id) | any(. == 3)', 'variables': {}}",
                    "i.2",
                    new Settling());

            for (int id = 1; id <= 4; id++) {
                publish("{'payload': {'id': " + id + "}}", "p." + id);
            }

            assertThat(whileTwo.get().findValuesAsText("id")).containsExactly("1", "3");
            assertThat(untilThree.get().findValuesAsText("id")).containsExactly("1", "2", "3");
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void aSubscriptionThatIsCancelledEnds() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            CountDownLatch listening = new CountDownLatch(1);
            ConnectorCall call =
                    subscription("/3", "'operation': 'take'", "'amount': 1", "i.1", listening, new Settling());
            Thread running = Thread.ofVirtual()
                    .start(() -> end.set(catchThrowable(
                            () -> connectors.connector("asyncapi").execute(call))));
            assertThat(listening.await(60, TimeUnit.SECONDS)).isTrue();

            running.interrupt();
            running.join();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void publishesOverHttpAndReadsItsEvents() throws Exception {
        describe(THREE, site.port(), "http");
        site.on("/orders", (exchange, asked) -> {
            if (asked.method().equals("GET")) {
                TestingSite.send(exchange, 200, "text/event-stream", "data: {\"id\":1}\n\ndata: text\n\n");
            } else {
                TestingSite.send(exchange, 202, "application/json", "");
            }
        });

        publish("{'payload': {'id': 1}, 'headers': {'X-Kind': 'new'}}", "i.1");

        site.asked();
        TestingSite.Asked sent = site.asked();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.body()).isEqualTo("{\"id\":1}");
        assertThat(sent.headers()).containsEntry("X-Kind", "new").containsEntry("Idempotency-Key", "i.1");
        Settling settling = new Settling();
        JsonNode taken = take("'amount': 3", "i.2", settling).get();
        settling.held.join().settle(true);
        assertThat(Json.write(taken.at("/0/payload"))).isEqualTo("{\"id\":1}");
        assertThat(taken.at("/1/payload").textValue()).isEqualTo("text");
    }

    @Test
    void provesWhoCalls() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            String login = "'authentication': {'basic': {'username': 'user', 'password': '%s'}},"
                    + " 'operation': 'give', 'message': {'payload': 1}";

            call("/3", login.formatted("s3cr3t"), "i.1");

            WorkflowError error = failure("/3", login.formatted("wrong"));
            assertThat(error.type()).endsWith("/communication");
            assertThat(error.title()).isEqualTo("Broker failed");
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void saysWhatCannotWork() {
        describe(THREE, 1, "mqtt");
        String publish = ", 'message': {'payload': 1}";

        assertThat(failure("/3", "'operation': 'give'" + publish).title()).isEqualTo("Broker failed");
        assertThat(failure("/3", "'operation': 'none'" + publish).detail()).contains("operation \"none\"");
        assertThat(failure("/3", "'channel': 'none'" + publish).detail()).contains("channel \"none\"");
        assertThat(failure("/3", "'operation': 'give', 'server': {'name': 'other'}" + publish)
                        .detail())
                .contains("server \"other\"");
        assertThat(failure("/3", "'operation': 'give', 'protocol': 'ws'" + publish)
                        .detail())
                .contains("speaks ws", "http, mqtt, nats");
        site.on("/n", 200, "application/json", "{\"openapi\": \"3.0.0\"}");
        assertThat(failure("/n", "'operation': 'give'" + publish).title()).isEqualTo("Invalid document");
    }

    @Test
    void mayNotReachWhatAnOperatorDidNotAllow() {
        site.on("/3", 200, "application/yaml", THREE.formatted(1883, "mqtt").replace("broker.test", "10.0.0.1"));

        assertThat(failure("/3", "'operation': 'give', 'message': {'payload': 1}")
                        .title())
                .isEqualTo("Host not allowed");
    }

    @Test
    void consumesNoMoreThanItsLimit() throws Exception {
        try (TestingBroker broker = broker("nats")) {
            FutureTask<JsonNode> taking = take("'amount': 1000", "i.1", new Settling());
            for (int id = 0; id <= 50; id++) {
                publish("{'payload': " + id + "}", "p." + id);
            }

            assertThatThrownBy(taking::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessageContaining("Too many messages");
            assertThat(broker.port()).isPositive();
        }
    }

    /** Keeps what is to be settled. */
    private static final class Settling implements ResultHolder {
        private final CompletableFuture<Held> held = new CompletableFuture<>();

        @Override
        public boolean canHold() {
            return true;
        }

        @Override
        public void hold(Held taken) {
            held.complete(taken);
        }
    }

    private FutureTask<JsonNode> take(String consume, String key, ResultHolder holder) throws Exception {
        return take("/3", "'operation': 'take'", consume, key, holder);
    }

    /** Begins, and waits until the broker knows of it. */
    private FutureTask<JsonNode> take(String path, String place, String consume, String key, ResultHolder holder)
            throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        ConnectorCall call = subscription(path, place, consume, key, listening, holder);
        FutureTask<JsonNode> taking =
                new FutureTask<>(() -> connectors.connector("asyncapi").execute(call));
        Thread.ofVirtual().start(taking);
        assertThat(listening.await(60, TimeUnit.SECONDS)).isTrue();
        return taking;
    }

    private ConnectorCall subscription(
            String path, String place, String consume, String key, CountDownLatch listening, ResultHolder holder) {
        JsonNode with = with(path, place + ", 'subscription': {" + consume + "}");
        return new ConnectorCall(with, key, _ -> listening.countDown(), holder);
    }

    private JsonNode with(String path, String more) {
        String with = "{'document': {'endpoint': {'uri': '" + site.url(path) + "'}}, " + more + "}";
        return Json.readTrusted("{\"with\":" + with.replace('\'', '"') + "}");
    }

    private void publish(String message, String key) throws Exception {
        call("/3", "'operation': 'give', 'message': " + message, key);
    }

    private JsonNode call(String path, String more, String key) throws Exception {
        return connectors.connector("asyncapi").execute(new ConnectorCall(with(path, more), key, _ -> {}));
    }

    private WorkflowError failure(String path, String more) {
        return catchThrowableOfType(ConnectorFailure.class, () -> call(path, more, "i.1"))
                .error();
    }
}
