package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.asyncapi.TestingCalls.Settling;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages to and from Apache Kafka. */
@Timeout(180)
class KafkaTest {
    @TempDir
    private static Path directory;

    private static TestingBroker broker;

    private final TestingCalls calls = new TestingCalls(Map.of("connectors.asyncapi.timeout", "20s"));

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestingBroker.kafka(directory, "message.max.bytes=100000");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void close() {
        calls.close();
    }

    /** A topic of its own for each test. */
    private void describe(String topic) {
        calls.describe(
                TestingCalls.THREE.replace(
                        "address: orders,", "address: orders, bindings: {kafka: {topic: " + topic + "}},"),
                broker.port(),
                "kafka");
    }

    @Test
    void whatIsPublishedReachesWhoSubscribed() throws Exception {
        describe("reaches");
        FutureTask<JsonNode> taking = calls.take("'amount': 2", "reaches.1", new Settling());

        calls.publish(
                "{'payload': {'id': 1}, 'headers': {'correlationId': 'c1', 'kind': 'new', 'partitionkey': 'k1'}}",
                "i.2");
        calls.publish("{'payload': {'id': 2}, 'headers': {'partitionkey': 'k1'}}", "i.3");

        JsonNode taken = taking.get();
        assertThat(Json.write(taken.at("/0/payload"))).isEqualTo("{\"id\":1}");
        assertThat(taken.at("/0/correlationId").textValue()).isEqualTo("c1");
        assertThat(taken.at("/0/headers/kind").textValue()).isEqualTo("new");
        assertThat(taken.at("/0/headers/partitionkey").textValue()).isEqualTo("k1");
        assertThat(taken.at("/0/headers/Idempotency-Key").textValue()).isEqualTo("i.2");
        assertThat(Json.write(taken.at("/1/payload"))).isEqualTo("{\"id\":2}");
    }

    @Test
    void whatAnAttemptTookComesAgainWhereItsResultIsNotDurable() throws Exception {
        describe("again");
        Settling counted = new Settling();

        assertThat(calls.takenAgain(broker, "again.1", counted)).containsExactlyInAnyOrder("1", "2");
        assertThat(groups()).contains("orquestrax-again.1");
        counted.settle(true);

        // The group is over: what was there is for others, and a new one begins at the end.
        assertThat(groups()).doesNotContain("orquestrax-again.1");
        assertThat(calls.take("'amount': 1, 'for': 'PT1S'", "again.1", new Settling())
                        .get())
                .isEmpty();
    }

    @Test
    void doesNotTakeAgainWhatTheFilterLeftOut() throws Exception {
        describe("filter");
        Settling counted = new Settling();
        FutureTask<JsonNode> taking = calls.take(TestingCalls.ODD + "'amount': 2", "filter.1", counted);

        for (int id = 1; id <= 3; id++) {
            calls.publish("{'payload': {'id': " + id + "}, 'headers': {'partitionkey': 'same'}}", "i." + id);
        }

        assertThat(taking.get().findValuesAsText("id")).containsExactly("1", "3");
    }

    @Test
    void aSubscriptionThatIsCancelledEnds() throws Exception {
        describe("cancelled");

        assertThat(calls.cancelled()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        describe("large");
        String large = "'operation': 'give', 'message': {'payload': '" + "x".repeat(200_000) + "'}";

        assertThat(calls.failure("/3", large).title()).isEqualTo("Message too large");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsATimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                TestingCalls hasty = new TestingCalls(Map.of("connectors.asyncapi.timeout", "1s"))) {
            hasty.describe(TestingCalls.THREE, silent.getLocalPort(), "kafka");

            WorkflowError error = hasty.failureToPublish();

            assertThat(error.type()).endsWith("/communication");
            assertThat(error.title()).isEqualTo("Call timed out");
        }
    }

    private static List<String> groups() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + broker.port()))) {
            return admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .toList();
        }
    }
}
