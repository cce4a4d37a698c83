package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.asyncapi.TestingCalls.Settling;
import io.orquestrax.store.Waiting;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages to and from a server of WebSockets. */
@Timeout(180)
class WebSocketTest {
    private final TestingSockets sockets = new TestingSockets(null);
    private final TestingCalls calls = new TestingCalls(Map.of());

    @BeforeEach
    void describe() {
        calls.describe(TestingCalls.THREE, sockets.port(), "ws");
    }

    @AfterEach
    void close() {
        calls.close();
        sockets.close();
    }

    @Test
    void whatIsPublishedReachesWhoSubscribed() throws Exception {
        FutureTask<JsonNode> taking = calls.take("'amount': 2", "i.1", new Settling());

        calls.publish("{'payload': {'id': 1}}", "i.2");
        calls.publish("{'payload': 'text'}", "i.3");

        JsonNode taken = taking.get();
        assertThat(Json.write(taken.at("/0/payload"))).isEqualTo("{\"id\":1}");
        assertThat(taken.at("/1/payload").textValue()).isEqualTo("text");
    }

    @Test
    void connectsAgainWhereTheServerLeaves() throws Exception {
        FutureTask<JsonNode> taking = calls.take("'amount': 2", "i.1", new Settling());
        calls.publish("{'payload': {'id': 1}}", "i.2");
        Waiting.until("the publisher has left", () -> sockets.connections() == 1);

        sockets.leave();
        Waiting.until("it is there again", () -> sockets.connections() == 1);
        calls.publish("{'payload': {'id': 2}}", "i.3");

        assertThat(taking.get().findValuesAsText("id")).containsExactly("1", "2");
    }

    @Test
    void connectsAgainWhereTheServerIsGoneWithoutAWord() throws Exception {
        try (TestingCalls hasty = new TestingCalls(Map.of("connectors.asyncapi.timeout", "2s"))) {
            hasty.describe(TestingCalls.THREE, sockets.port(), "ws");
            sockets.setSilent(true);
            FutureTask<JsonNode> taking = hasty.take("'amount': 1", "i.1", new Settling());

            Waiting.until("it has connected again", () -> sockets.opened() > 1);
            sockets.setSilent(false);
            calls.publish("{'payload': {'id': 1}}", "i.2");
            assertThat(taking.get().findValuesAsText("id")).containsExactly("1");
        }
    }

    @Test
    void aServerThatAnswersIsThereHoweverSilent() throws Exception {
        try (TestingCalls hasty = new TestingCalls(Map.of("connectors.asyncapi.timeout", "500ms"))) {
            hasty.describe(TestingCalls.THREE, sockets.port(), "ws");
            FutureTask<JsonNode> taking = hasty.take("'amount': 1", "i.1", new Settling());

            Waiting.until("it was asked", () -> sockets.pings() > 1);
            calls.publish("{'payload': {'id': 1}}", "i.2");

            assertThat(taking.get().findValuesAsText("id")).containsExactly("1");
        }
    }

    @Test
    void aMessageThatIsTooLargeToTakeIsAnError() throws Exception {
        try (TestingCalls small = new TestingCalls(Map.of("payload.max-bytes", "10000"))) {
            small.describe(TestingCalls.THREE, sockets.port(), "ws");
            FutureTask<JsonNode> taking = small.take("'amount': 1", "i.1", new Settling());

            calls.publish("{'payload': '" + "x".repeat(20_000) + "'}", "i.2");

            assertThat(catchThrowable(taking::get)).hasMessageContaining("Message too large");
        }
    }

    @Test
    void provesWhoCalls() throws Exception {
        calls.call(
                "/3",
                "'authentication': {'bearer': {'token': 't0k3n-value'}}, 'operation': 'give', 'message': {'payload': 1}",
                "i.1");

        assertThat(sockets.logins()).containsExactly("Bearer t0k3n-value");
    }

    @Test
    void theServerIsCalledAsTheDocumentDoes() throws Exception {
        String override = "other.test=http://127.0.0.1:" + sockets.port();
        try (TestingCalls overriding = new TestingCalls(Map.of("connectors.http.host-overrides", override))) {
            overriding.describe(TestingCalls.THREE.replace("127.0.0.1:%1$d", "other.test"), sockets.port(), "ws");

            overriding.publish("{'payload': 1}", "i.1");

            assertThat(sockets.hosts()).containsExactly("other.test");
        }
    }

    @Test
    void aServerThatDoesNotSayItsEndIsATimeout() {
        sockets.setSilent(true);
        try (TestingCalls hasty = new TestingCalls(Map.of("connectors.asyncapi.timeout", "2s"))) {
            hasty.describe(TestingCalls.THREE, sockets.port(), "ws");

            assertThat(hasty.failureToPublish().title()).isEqualTo("Call timed out");
        }
    }

    @Test
    void whereThereIsNoServerItFails() {
        sockets.close();

        assertThat(calls.failureToPublish().title()).isEqualTo("Broker failed");
    }

    @Test
    void aMessageThatIsTooLargeIsAnError() {
        String large =
                "'operation': 'give', 'message': {'payload': '" + "x".repeat(TestingSockets.MOST_BYTES + 1) + "'}";

        assertThat(calls.failure("/3", large).title()).isEqualTo("Message too large");
    }

    @Test
    void aSubscriptionThatIsCancelledEnds() throws Exception {
        assertThat(calls.cancelled()).isInstanceOf(InterruptedException.class);
        Waiting.until("its connection is gone", () -> sockets.connections() == 0);
    }
}
