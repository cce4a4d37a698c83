package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.connector.grpc.TestingGreeter;
import io.orquestrax.server.connector.grpc.TestingProtos;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls as jobs of a node: kept over its end, shorter than its drain, and given back when nobody wants them. */
@Timeout(120)
class BuiltInWorkerTest {
    private final TestingSite site = new TestingSite();
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        testIsOver.countDown();
        site.close();
        database.close();
    }

    @Test
    void aCallThatAStoppingNodeCannotFinishIsMadeByTheNext() throws Exception {
        CountDownLatch nextNode = new CountDownLatch(1);
        site.on("/", (exchange, asked) -> {
            keys.add(asked.headers().getOrDefault("Idempotency-Key", ""));
            if (keys.size() == 1) {
                awaitQuietly(nextNode);
            }
            TestingSite.send(exchange, 200, "application/json", "{\"done\":true}");
        });
        UUID instance;
        try (Node node = Node.start(settings("drain.limit", "400ms"), List.of())) {
            instance = start(node, "");
            assertThat(keyOf(1)).startsWith(instance + ".");
        }
        try (Node node = Node.start(settings("drain.limit", "5s"), List.of())) {
            InstanceRow row = await(node, instance);

            assertThat(row.status()).isEqualTo(Status.COMPLETED);
            assertThat(row.output()).isEqualTo("{\"done\":true}");
            assertThat(keys).hasSize(2).containsOnly(keys.peek());
        } finally {
            nextNode.countDown();
        }
    }

    @Test
    void aCallThatEndsInTimeIsFinishedByTheStoppingNode() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        site.on("/", (exchange, asked) -> {
            keys.add("");
            awaitQuietly(stopping);
            TestingSite.send(exchange, 200, "application/json", "1");
        });
        UUID instance;
        try (Node node = Node.start(settings("drain.limit", "20s"), List.of())) {
            instance = start(node, "");
            assertThat(keyOf(1)).isEmpty();
            Thread.ofVirtual().start(() -> {
                while (node.services().readiness().reasonNotReady().isEmpty()) {
                    Thread.onSpinWait();
                }
                stopping.countDown();
            });
        }
        try (Node node = Node.start(settings("connectors", ""), List.of())) {
            assertThat(await(node, instance).output()).isEqualTo("1");
            assertThat(node.services().dispatcher().workers()).isEmpty();
        }
    }

    @Test
    void anInstanceThatIsCancelledEndsItsCall() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        site.on("/", (exchange, asked) -> {
            keys.add("");
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!testIsOver.await(20, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(new byte[1]);
                    exchange.getResponseBody().flush();
                }
            } catch (IOException connectionIsGone) {
                closed.countDown();
            }
        });
        try (Node node = Node.start(settings("drain.limit", "5s"), List.of())) {
            UUID instance = start(node, "");
            assertThat(keyOf(1)).isEmpty();

            node.services()
                    .orchestration()
                    .cancel(Caller.ANONYMOUS, instance, "enough")
                    .join();

            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(await(node, instance).status()).isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    void aSlowCallIsAliveForItsHeartbeatLimit() throws Exception {
        site.on("/", (exchange, asked) -> {
            keys.add("");
            // Much longer than the limit below.
            if (testIsOver.await(1500, TimeUnit.MILLISECONDS)) {
                return;
            }
            TestingSite.send(exchange, 200, "application/json", "1");
        });
        try (Node node = Node.start(settings("drain.limit", "5s"), List.of())) {
            UUID instance = start(node, ", metadata: {job: {heartbeat: PT0.6S}}");

            assertThat(await(node, instance).output()).isEqualTo("1");
            assertThat(keys).hasSize(1);
        }
    }

    @Test
    void aGrpcCallIsMadeAgainByTheNextNodeAndEndsWithItsInstance() throws Exception {
        TestingProtos.on(site);
        String call = "{call: grpc, with: {proto: {endpoint: '%s'}, service: {name: Greeter, host: 127.0.0.1,"
                + " port: %d}, method: SayHello, arguments: {name: wait}}}";
        try (TestingGreeter greeter = new TestingGreeter()) {
            call = call.formatted(site.url("/protos/greeting/v1/greeter.proto"), greeter.port());
            UUID instance;
            UUID cancelled;
            String first;
            try (Node node = Node.start(settings("drain.limit", "400ms"), List.of())) {
                cancelled = deployAndStart(node, call);
                assertThat(greeter.asked().take()).isNotNull();
                node.services()
                        .orchestration()
                        .cancel(Caller.ANONYMOUS, cancelled, "enough")
                        .join();
                assertThat(greeter.cancelled().await(20, TimeUnit.SECONDS)).isTrue();

                instance = deployAndStart(node, call);
                first = keyOf(greeter);
                assertThat(first).startsWith(instance + ".");
            }
            greeter.release();
            try (Node node = Node.start(settings("drain.limit", "5s"), List.of())) {
                assertThat(await(node, instance).output()).isEqualTo("{\"text\":\"Sorry, I am late\"}");
                assertThat(keyOf(greeter)).isEqualTo(first);
                assertThat(await(node, cancelled).status()).isEqualTo(Status.CANCELLED);
            }
        }
    }

    private static String keyOf(TestingGreeter greeter) throws InterruptedException {
        return String.valueOf(greeter.asked().take().get(TestingGreeter.key("idempotency-key")));
    }

    private String keyOf(int call) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (keys.size() < call) {
            assertThat(System.nanoTime()).as("The call is made in time").isLessThan(deadlineNanos);
            Thread.onSpinWait();
            Thread.yield();
        }
        return keys.element();
    }

    private UUID start(Node node, String more) {
        return deployAndStart(
                node, "{call: http, with: {method: post, endpoint: '%s'}%s}".formatted(site.url("/"), more));
    }

    private static UUID deployAndStart(Node node, String call) {
        String definition = """
                document: {dsl: '1.0.3', namespace: test, name: calls, version: '1.0.0'}
                do:
                - call: %s
                """.formatted(call);
        Orchestration orchestration = node.services().orchestration();
        orchestration.deploy(Caller.ANONYMOUS, definition.getBytes(StandardCharsets.UTF_8));
        StartRequest request = new StartRequest("test", "calls", null, null, Json.NODES.objectNode(), Map.of());
        return orchestration.start(Caller.ANONYMOUS, request).join().instance().id();
    }

    private static InstanceRow await(Node node, UUID instance) {
        return node.services()
                .orchestration()
                .await(Caller.ANONYMOUS, instance, Duration.ofSeconds(60))
                .join();
    }

    private void awaitQuietly(CountDownLatch latch) {
        try {
            while (!latch.await(10, TimeUnit.MILLISECONDS) && testIsOver.getCount() > 0) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private Settings settings(String name, String value) {
        Map<String, String> flags = new HashMap<>(Map.of(
                "port", "0",
                "partitions", "2",
                "worker.unclaimed-grace", "200ms",
                "connectors.http.hosts.allowed", "127.0.0.1",
                "postgres.url", database.url(),
                "postgres.user", database.user(),
                "postgres.password", database.password()));
        flags.put(name, value);
        return Settings.load(null, Map.of(), flags);
    }
}
