package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.asyncapi.TestingCalls.Settling;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages to and from RabbitMQ. */
@Timeout(180)
class AmqpTest {
    @TempDir
    private static Path directory;

    private static TestingBroker broker;

    private final TestingCalls calls = new TestingCalls(Map.of("connectors.asyncapi.timeout", "20s"));

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestingBroker.rabbit(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void close() {
        calls.close();
    }

    /** A channel with these bindings. */
    private void describe(String bindings) {
        calls.describe(
                TestingCalls.THREE.replace(
                        "address: orders,", "address: orders, bindings: {amqp: {" + bindings + "}},"),
                broker.port(),
                "amqp");
    }

    @Test
    void whatIsPublishedToAnExchangeReachesWhoSubscribed() throws Exception {
        describe("is: routingKey, exchange: {name: reaching, type: topic}");
        FutureTask<JsonNode> taking = calls.take("'amount': 2", "reaching.1", new Settling());

        calls.publish("{'payload': {'id': 1}, 'headers': {'correlationId': 'c1', 'kind': 'new'}}", "i.2");
        calls.publish("{'payload': {'id': 2}}", "i.3");

        JsonNode taken = taking.get();
        assertThat(Json.write(taken.at("/0/payload"))).isEqualTo("{\"id\":1}");
        assertThat(taken.at("/0/correlationId").textValue()).isEqualTo("c1");
        assertThat(taken.at("/0/headers/kind").textValue()).isEqualTo("new");
        assertThat(taken.at("/0/headers/Idempotency-Key").textValue()).isEqualTo("i.2");
        assertThat(Json.write(taken.at("/1/payload"))).isEqualTo("{\"id\":2}");
    }

    @Test
    void whatAnAttemptTookComesAgainWhereItsResultIsNotDurable() throws Exception {
        describe("exchange: {name: again, type: fanout}");
        Settling counted = new Settling();

        assertThat(calls.takenAgain(broker, "again.1", counted)).containsExactly("1", "2");
        assertThat(messages("orquestrax-again.1")).isZero();
        counted.settle(true);

        assertThatThrownBy(() -> messages("orquestrax-again.1")).isInstanceOf(IOException.class);
    }

    @Test
    void aChannelThatIsAQueueIsShared() throws Exception {
        describe("is: queue, queue: {name: shared}");
        assertThat(calls.failureToPublish().detail()).contains("no queue takes it (NO_ROUTE)");
        Settling counted = new Settling();
        FutureTask<JsonNode> taking = calls.take(TestingCalls.ODD + "'amount': 1", "shared.1", counted);

        calls.publish("{'payload': {'id': 2}}", "i.2");
        calls.publish("{'payload': {'id': 3}}", "i.3");
        assertThat(taking.get().findValuesAsText("id")).containsExactly("3");
        counted.settle(true);

        // Acknowledged, as what the filter left out is; the queue stays.
        assertThat(messages("shared")).isZero();
        calls.publish("{'payload': {'id': 4}}", "i.4");
        assertThat(messages("shared")).isOne();
    }

    /** A broker closes the channel over an acknowledgement of what is acknowledged already. */
    @Test
    void acknowledgesNothingTwice() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(broker.port());
        JsonNode none = Json.NODES.missingNode();
        Target target =
                new Target(Protocol.AMQP, false, URI.create("amqp://127.0.0.1"), "twice", none, none, List.of());
        try (Connection connection = factory.newConnection()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare("twice", true, false, false, Map.of());
            for (byte id = 1; id <= 2; id++) {
                channel.basicPublish("", "twice", null, new byte[] {'0', id});
            }
            AmqpFeed feed = new AmqpFeed(target, connection, channel, "twice");
            channel.basicConsume("twice", false, feed.consumer());
            assertThat(feed.next(Duration.ofMinutes(1))).isPresent();
            assertThat(feed.next(Duration.ofMinutes(1))).isPresent();

            feed.skip();
            feed.acknowledge();
            feed.acknowledge();
            // Answered on the same channel, after all that.
            assertThat(channel.messageCount("twice")).isZero();
            feed.forget();

            assertThatThrownBy(() -> messages("twice")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSubscriptionThatIsCancelledEnds() throws Exception {
        describe("exchange: {name: cancelled, type: topic}");

        assertThat(calls.cancelled()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        describe("exchange: {name: large, type: topic}");
        String large = "'operation': 'give', 'message': {'payload': '" + "x".repeat(200_000) + "'}";

        assertThat(calls.failure("/3", large).title()).isEqualTo("Message too large");
    }

    @Test
    void provesWhoCalls() {
        describe("exchange: {name: login, type: topic}");

        WorkflowError error = calls.failure(
                "/3",
                "'authentication': {'basic': {'username': 'guest', 'password': 'wrong'}}, 'operation': 'give',"
                        + " 'message': {'payload': 1}");

        assertThat(error.type()).endsWith("/communication");
        assertThat(error.detail()).contains("ACCESS_REFUSED");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsATimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                TestingCalls hasty = new TestingCalls(Map.of("connectors.asyncapi.timeout", "1s"))) {
            hasty.describe(TestingCalls.THREE, silent.getLocalPort(), "amqp");

            assertThat(hasty.failureToPublish().title()).isEqualTo("Call timed out");
        }
    }

    /** That wait in a queue. */
    private static long messages(String queue) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(broker.port());
        try (Connection connection = factory.newConnection()) {
            return connection.createChannel().messageCount(queue);
        }
    }
}
