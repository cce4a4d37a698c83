package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.asyncapi.TestingCalls.Settling;
import io.orquestrax.server.connector.http.TestingSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to and from real brokers, as documents of both versions describe them. */
@Timeout(180)
class AsyncApiTest {
    private final TestingCalls calls = new TestingCalls(Map.of());

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        calls.close();
    }

    private TestingBroker broker(String protocol) throws Exception {
        TestingBroker broker = protocol.equals("nats") ? TestingBroker.nats() : TestingBroker.mosquitto(directory);
        calls.describe(TestingCalls.THREE, broker.port(), protocol);
        return broker;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "nats"})
    void whatIsPublishedReachesWhoSubscribed(String protocol) throws Exception {
        try (TestingBroker broker = broker(protocol)) {
            FutureTask<JsonNode> taking = calls.take("'amount': 2", "i.1", new Settling());

            calls.publish("{'payload': {'id': 1}, 'headers': {'correlationId': 'c1', 'kind': 'new'}}", "i.2");
            calls.publish("{'payload': {'id': 2}}", "i.3");

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
            calls.describe(TestingCalls.TWO, broker.port(), "mqtt");
            FutureTask<JsonNode> taking = calls.take("/2", "'channel': 'orders'", "'amount': 1", "i.1", new Settling());

            calls.call("/2", "'channel': 'orders', 'message': {'payload': {'n': 1.10}}", "i.2");

            assertThat(Json.write(taking.get().at("/0/payload"))).isEqualTo("{\"n\":1.10}");
        }
    }

    @Test
    void whatAnAttemptTookComesAgainWhereItsResultIsNotDurable() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            Settling counted = new Settling();

            assertThat(calls.takenAgain(broker, "i.1", counted)).containsExactly("1", "2");
            counted.settle(true);

            // The session is over: what comes now is for others.
            calls.publish("{'payload': {'id': 3}}", "i.4");
            assertThat(calls.take("'amount': 1, 'for': 'PT1S'", "i.1", new Settling())
                            .get())
                    .isEmpty();
        }
    }

    @Test
    void consumesWhatTheFilterLetsThroughForAsLongAsThePolicySays() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            String filter =
                    "'filter': {'expression': '.payload.id % 2 == $context.odd', 'variables': {'context': {'odd': 1}}}";
            FutureTask<JsonNode> whileTwo = calls.take(
                    filter + ", 'while': {'expression': 'length < 2', 'variables': {}}", "i.1", new Settling());
            FutureTask<JsonNode> untilThree = calls.take(
                    "'until': {'expression': 'map(.payload.id) | any(. == 3)', 'variables': {}}",
                    "i.2",
                    new Settling());

            for (int id = 1; id <= 4; id++) {
                calls.publish("{'payload': {'id': " + id + "}}", "p." + id);
            }

            assertThat(whileTwo.get().findValuesAsText("id")).containsExactly("1", "3");
            assertThat(untilThree.get().findValuesAsText("id")).containsExactly("1", "2", "3");
            assertThat(broker.port()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "nats"})
    void aSubscriptionThatIsCancelledEnds(String protocol) throws Exception {
        try (TestingBroker broker = broker(protocol)) {
            assertThat(calls.cancelled()).isInstanceOf(InterruptedException.class);
            assertThat(broker.port()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "nats"})
    void aMessageThatIsTooLargeIsAnError(String protocol) throws Exception {
        try (TestingBroker broker = broker(protocol)) {
            String large = "'operation': 'give', 'message': {'payload': '" + "x".repeat(2_000_000) + "'}";

            assertThat(calls.failure("/3", large).type()).endsWith("/communication");
            assertThat(broker.port()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "nats"})
    void aBrokerThatDoesNotAnswerIsAnError(String protocol) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                TestingCalls hasty = new TestingCalls(Map.of("connectors.asyncapi.timeout", "1s"))) {
            hasty.describe(TestingCalls.THREE, silent.getLocalPort(), protocol);

            assertThat(hasty.failureToPublish().type()).endsWith("/communication");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "nats"})
    void aBrokerThatIsGoneEndsTheSubscription(String protocol) throws Exception {
        try (TestingBroker broker = broker(protocol)) {
            FutureTask<JsonNode> taking = calls.take("'amount': 1", "i.1", new Settling());

            broker.stop();

            assertThatThrownBy(taking::get).cause().hasMessageContaining("Broker failed");
        }
    }

    @Test
    void conditionsSeeTheMessagesInTheContextToo() throws Exception {
        try (TestingBroker broker = broker("nats")) {
            FutureTask<JsonNode> taking = calls.take(
                    "'while': {'expression': '($context.consumedMessages | length) < 2', 'variables': {'context': null}}",
                    "i.1",
                    new Settling());
            for (int id = 1; id <= 2; id++) {
                calls.publish("{'payload': {'id': " + id + "}}", "p." + id);
            }

            assertThat(taking.get().findValuesAsText("id")).containsExactly("1", "2");
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void bringsMessagesJobByJobOverOneConnection() throws Exception {
        try (TestingBroker broker = broker("nats")) {
            String place = "'amount': 3, 'foreach': {'activation': 7, 'since': '2026-01-01T00:00:00Z', 'count': %d}";
            Settling first = new Settling();
            FutureTask<JsonNode> taking = calls.take(place.formatted(0), "i.8", first);
            calls.publish("{'payload': {'id': 1}}", "p.1");
            assertThat(Json.write(taking.get().path("over"))).isEqualTo("false");
            first.settle(true);
            // Nobody keeps it but the connection.
            calls.publish("{'payload': {'id': 2}}", "p.2");

            JsonNode second =
                    calls.take(place.formatted(1), "i.9", new Settling()).get();

            assertThat(second.path("messages").findValuesAsText("id")).containsExactly("2");
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void aChannelOverHttpThatRefusesIsAnError() throws Exception {
        calls.describe(TestingCalls.THREE, calls.site().port(), "http");
        calls.site().on("/orders", 503, "text/plain", "overloaded");

        WorkflowError error = calls.failureToPublish();

        assertThat(error.type()).endsWith("/communication");
        assertThat(error.status()).isEqualTo(503);
        FutureTask<JsonNode> taking = calls.take("'amount': 1", "i.1", new Settling());
        assertThatThrownBy(taking::get).cause().hasMessageContaining("503");
    }

    @Test
    void publishesOverHttpAndReadsItsEvents() throws Exception {
        calls.describe(TestingCalls.THREE, calls.site().port(), "http");
        calls.site().on("/orders", (exchange, asked) -> {
            if (asked.method().equals("GET")) {
                TestingSite.send(exchange, 200, "text/event-stream", "data: {\"id\":1}\n\ndata: text\n\n");
            } else {
                TestingSite.send(exchange, 202, "application/json", "");
            }
        });

        calls.publish("{'payload': {'id': 1}, 'headers': {'X-Kind': 'new'}}", "i.1");

        calls.site().asked();
        TestingSite.Asked sent = calls.site().asked();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.body()).isEqualTo("{\"id\":1}");
        assertThat(sent.headers()).containsEntry("X-Kind", "new").containsEntry("Idempotency-Key", "i.1");
        Settling settling = new Settling();
        JsonNode taken = calls.take("'amount': 3", "i.2", settling).get();
        settling.settle(true);
        assertThat(Json.write(taken.at("/0/payload"))).isEqualTo("{\"id\":1}");
        assertThat(taken.at("/1/payload").textValue()).isEqualTo("text");
    }

    @Test
    void provesWhoCalls() throws Exception {
        try (TestingBroker broker = broker("mqtt")) {
            String login = "'authentication': {'basic': {'username': 'user', 'password': '%s'}},"
                    + " 'operation': 'give', 'message': {'payload': 1}";

            calls.call("/3", login.formatted("s3cr3t"), "i.1");

            WorkflowError error = calls.failure("/3", login.formatted("wrong"));
            assertThat(error.type()).endsWith("/communication");
            assertThat(error.title()).isEqualTo("Broker failed");
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void saysWhatCannotWork() {
        calls.describe(TestingCalls.THREE, 1, "mqtt");
        String publish = ", 'message': {'payload': 1}";

        WorkflowError gone = calls.failure("/3", "'operation': 'give'" + publish);
        assertThat(gone.title()).isEqualTo("Broker failed");
        assertThat(gone.detail()).startsWith("Expected the broker at mqtt://127.0.0.1:1 to serve \"orders\", but: ");
        assertThat(calls.failure("/3", "'operation': 'none'" + publish).detail())
                .contains("operation \"none\"");
        assertThat(calls.failure("/3", "'channel': 'none'" + publish).detail()).contains("channel \"none\"");
        assertThat(calls.failure("/3", "'operation': 'give', 'server': {'name': 'other'}" + publish)
                        .detail())
                .contains("server \"other\"");
        assertThat(calls.failure("/3", "'operation': 'give', 'protocol': 'stomp'" + publish)
                        .detail())
                .contains("speaks stomp", "amqp, http, kafka, mqtt, nats, ws");
        calls.site().on("/n", 200, "application/json", "{\"openapi\": \"3.0.0\"}");
        assertThat(calls.failure("/n", "'operation': 'give'" + publish).title()).isEqualTo("Invalid document");
    }

    @Test
    void publishesToNoPattern() {
        calls.describe(TestingCalls.THREE.replace("address: orders", "address: 'orders/#'"), 1, "mqtt");

        WorkflowError error = calls.failureToPublish();

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.type()).endsWith("/configuration");
        assertThat(error.detail()).contains("a topic to publish to, but \"orders/#\" is none");
    }

    @Test
    void mayNotReachWhatAnOperatorDidNotAllow() {
        calls.site()
                .on(
                        "/3",
                        200,
                        "application/yaml",
                        TestingCalls.THREE.formatted(1883, "mqtt").replace("127.0.0.1", "10.0.0.1"));

        assertThat(calls.failure("/3", "'operation': 'give', 'message': {'payload': 1}")
                        .title())
                .isEqualTo("Host not allowed");
    }

    @Test
    void consumesNoMoreThanItsLimit() throws Exception {
        try (TestingBroker broker = broker("nats")) {
            FutureTask<JsonNode> taking = calls.take("'amount': 1000", "i.1", new Settling());
            for (int id = 0; id <= 50; id++) {
                calls.publish("{'payload': " + id + "}", "p." + id);
            }

            assertThatThrownBy(taking::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessageContaining("Too many messages");
            assertThat(broker.port()).isPositive();
        }
    }
}
