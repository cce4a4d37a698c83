package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Calls of {@code asyncapi} by hand, and a site that has the documents: {@code /2} and {@code /3} by their versions. */
final class TestingCalls implements AutoCloseable {
    static final String THREE = """
            asyncapi: 3.0.0
            servers:
              main: {host: '127.0.0.1:%1$d', protocol: %2$s}
            channels:
              orders: {address: orders, servers: [{$ref: '#/servers/main'}]}
            operations:
              take: {action: receive, channel: {$ref: '#/channels/orders'}}
              give: {action: send, channel: {$ref: '#/channels/orders'}}
            """;
    static final String TWO = """
            asyncapi: 2.6.0
            servers:
              main: {url: '127.0.0.1:{port}', protocol: %2$s, variables: {port: {default: '%1$d'}}}
            channels:
              orders:
                publish: {operationId: give}
                subscribe: {operationId: take}
            """;

    /** A filter that lets every other message through. */
    static final String ODD = "'filter': {'expression': '.payload.id % 2 == 1', 'variables': {}}, ";

    private final TestingSite site = new TestingSite();
    private final TestingConnectors connectors;

    /** With at most 50 messages of a subscription, unless the settings say otherwise. */
    TestingCalls(Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("connectors", "asyncapi", "connectors.asyncapi.messages-max", "50"));
        all.putAll(settings);
        this.connectors = TestingConnectors.of(all, Map.of());
    }

    TestingSite site() {
        return site;
    }

    /** Keeps what is to be settled. */
    static final class Settling implements ResultHolder {
        private final CompletableFuture<Held> held = new CompletableFuture<>();

        @Override
        public boolean canHold() {
            return true;
        }

        @Override
        public void hold(Held taken) {
            held.complete(taken);
        }

        void settle(boolean isDurable) {
            held.join().settle(isDurable);
        }
    }

    void describe(String document, int port, String protocol) {
        site.on("/" + document.substring(10, 11), 200, "application/yaml", document.formatted(port, protocol));
    }

    FutureTask<JsonNode> take(String consume, String key, ResultHolder holder) throws Exception {
        return take("/3", "'operation': 'take'", consume, key, holder);
    }

    /** Begins, and waits until the broker knows of it. */
    FutureTask<JsonNode> take(String path, String place, String consume, String key, ResultHolder holder)
            throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        ConnectorCall call = subscription(path, place, consume, key, listening, holder);
        FutureTask<JsonNode> taking =
                new FutureTask<>(() -> connectors.connector("asyncapi").execute(call));
        Thread thread = Thread.ofVirtual().start(taking);
        while (!listening.await(100, TimeUnit.MILLISECONDS)) {
            if (!thread.isAlive()) {
                taking.get();
                throw new AssertionError("Expected the subscription to begin, but it has ended");
            }
        }
        return taking;
    }

    /**
     * The ids that a second attempt takes after the first one's result was not durable: what that one took, and what was
     * published while nobody listened, before the broker was restarted.
     */
    List<String> takenAgain(TestingBroker broker, String key, ResultHolder holder) throws Exception {
        Settling lost = new Settling();
        FutureTask<JsonNode> first = take("'amount': 1", key, lost);
        publish("{'payload': {'id': 1}}", "i.2");
        assertThat(first.get()).hasSize(1);
        lost.settle(false);
        publish("{'payload': {'id': 2}}", "i.3");
        broker.stop();
        broker.start();
        return take("'amount': 2", key, holder).get().findValuesAsText("id");
    }

    /** Begins a subscription, interrupts it, and answers what it ended with. */
    Throwable cancelled() throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        CountDownLatch listening = new CountDownLatch(1);
        ConnectorCall call =
                subscription("/3", "'operation': 'take'", "'amount': 1", "cancelled.1", listening, new Settling());
        Thread running = Thread.ofVirtual()
                .start(() -> end.set(
                        catchThrowable(() -> connectors.connector("asyncapi").execute(call))));
        assertThat(listening.await(60, TimeUnit.SECONDS)).isTrue();
        running.interrupt();
        running.join();
        return end.get();
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

    void publish(String message, String key) throws Exception {
        call("/3", "'operation': 'give', 'message': " + message, key);
    }

    JsonNode call(String path, String more, String key) throws Exception {
        return connectors.connector("asyncapi").execute(new ConnectorCall(with(path, more), key, _ -> {}));
    }

    /** Of publishing a small message. */
    WorkflowError failureToPublish() {
        return failure("/3", "'operation': 'give', 'message': {'payload': 1}");
    }

    WorkflowError failure(String path, String more) {
        return catchThrowableOfType(ConnectorFailure.class, () -> call(path, more, "i.1"))
                .error();
    }

    @Override
    public void close() {
        connectors.close();
        site.close();
    }
}
