package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One of two nodes goes: what its partitions had begun beside jobs and timers is done by the other one, and nothing of it
 * twice.
 */
class DepartureTest {
    private static final int PARTITIONS = 8;
    private static final int MANY = 32;
    private static final String LISTENER = """
            - pay:
                listen:
                  to:
                    one:
                      with: { type: paid }
                      correlate:
                        order: { from: .data, expect: "${ .order }" }
            """;

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final HttpServer sink;

    /** What the sink took, by node; a node whose list is not there is turned away. */
    private final Map<String, List<JsonNode>> taken = new ConcurrentHashMap<>();

    private final TestingNode stays;
    private final TestingNode goes;

    /** How a node goes. */
    enum Departure {
        /** As after SIGKILL: nobody hears of it any more. */
        KILLED {
            @Override
            void of(TestingNode node) {
                node.kill();
            }
        },
        LEFT {
            @Override
            void of(TestingNode node) {
                node.close();
            }
        };

        abstract void of(TestingNode node);
    }

    DepartureTest() throws IOException {
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        sink.createContext("/", this::take);
        sink.start();
        stays = node("/stays");
        goes = node("/goes");
        TestingNode.until("both have a share", () -> served(stays) == 4 && served(goes) == 4);
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode event = Json.read(exchange.getRequestBody().readAllBytes());
        List<JsonNode> ofNode = taken.get(exchange.getRequestURI().getPath());
        if (ofNode != null) {
            ofNode.add(event);
        }
        exchange.sendResponseHeaders(ofNode == null ? 503 : 202, -1);
        exchange.close();
    }

    private TestingNode node(String path) {
        String address = "events=http://127.0.0.1:" + sink.getAddress().getPort() + path;
        return TestingNode.on(
                database,
                Settings.load(
                        null,
                        Map.of(),
                        Map.of(
                                "partitions",
                                String.valueOf(PARTITIONS),
                                "cluster.heartbeat",
                                "200ms",
                                "cluster.stale-after",
                                "2s",
                                "events.sinks",
                                address)));
    }

    @AfterEach
    void close() {
        goes.close();
        stays.close();
        sink.stop(0);
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachTimeOfAScheduleHasItsInstance(Departure departure) {
        deploy("ticking", "every: PT1S", "- done:\n    set: { ok: true }");
        deploy("chained", "after: PT0.1S", "- done:\n    set: { ok: true }");
        TestingNode.until("both run", () -> closed("ticking") > 1 && closed("chained") > 2);

        departure.of(goes);
        long ticks = closed("ticking");
        long links = closed("chained");
        TestingNode.until("both go on", () -> closed("ticking") > ticks + 3 && closed("chained") > links + 10);
        execute("UPDATE orquestrax.schedule SET paused = true");

        for (String name : List.of("ticking", "chained")) {
            TestingNode.until(
                    "each firing of " + name + " has its instance",
                    () -> closed(name)
                            == number("SELECT fired_count FROM orquestrax.schedule WHERE name = '" + name + "'"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsForASinkIsSentOnceAndInOrder(Departure departure) {
        stays.deploy("emitter", """
                - one:
                    emit: { event: { with: { source: /a, type: first, data: "${ .n }" } } }
                - two:
                    emit: { event: { with: { source: /a, type: second, data: "${ .data }" } } }
                """);
        for (int count = 0; count < MANY; count++) {
            start("emitter", "{\"n\":" + count + "}");
        }
        TestingNode.until(
                "all of it waits", () -> number("SELECT count(*) FROM orquestrax.outgoing_event") == 2 * MANY);

        departure.of(goes);
        List<JsonNode> events = new CopyOnWriteArrayList<>();
        taken.put("/stays", events);

        TestingNode.until("none is left", () -> number("SELECT count(*) FROM orquestrax.outgoing_event") == 0);
        for (int count = 0; count < MANY; count++) {
            int number = count;
            assertThat(events.stream().filter(event -> event.get("data").asInt() == number))
                    .extracting(event -> event.get("type").asText())
                    .containsExactly("first", "second");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasNotLookedBackDoesSoElsewhere(Departure departure) {
        stays.deploy("order", LISTENER);
        List<UUID> orders = orders();
        TestingNode.until(
                "all have looked back",
                () -> number("SELECT count(*) FROM orquestrax.subscription WHERE looked_back") == MANY);
        // As nodes leave it that go between the commit of a subscription and its look back.
        for (int order = 0; order < MANY; order++) {
            execute("INSERT INTO orquestrax.cloud_event (source, id, type, envelope, received_at, delivered)"
                    + " VALUES ('/till', 'p" + order + "', 'paid', '" + paid(order) + "', now(), true)");
        }
        execute("UPDATE orquestrax.subscription SET looked_back = false");

        departure.of(goes);

        assertEachHasItsOwn(orders);
    }

    @ParameterizedTest
    @EnumSource
    void eventsReachWhoListensWhoeverHasIt(Departure departure) {
        stays.deploy("order", LISTENER);
        List<UUID> orders = orders();

        CompletableFuture<Void> publisher = CompletableFuture.runAsync(
                () -> IntStream.range(0, MANY)
                        .forEach(order -> stays.orchestration()
                                .events()
                                .publish(Json.readTrusted(paid(order)))
                                .join()),
                Thread::startVirtualThread);
        departure.of(goes);
        publisher.join();

        assertEachHasItsOwn(orders);
    }

    private static String paid(int order) {
        return "{\"specversion\":\"1.0\",\"id\":\"p" + order + "\",\"source\":\"/till\",\"type\":\"paid\",\"data\":"
                + order + "}";
    }

    private List<UUID> orders() {
        List<UUID> orders = new ArrayList<>();
        for (int order = 0; order < MANY; order++) {
            orders.add(start("order", "{\"order\":" + order + "}"));
        }
        return orders;
    }

    private void assertEachHasItsOwn(List<UUID> orders) {
        for (int order = 0; order < MANY; order++) {
            UUID id = orders.get(order);
            assertThat(stays.awaitClosed(id).output()).isEqualTo("[" + order + "]");
            assertThat(stays.orchestration().history(TestingNode.CALLER, id, 0, 100))
                    .extracting(event -> event.type())
                    .doesNotHaveDuplicates();
        }
    }

    private UUID start(String name, String input) {
        return stays.orchestration()
                .start(TestingNode.CALLER, TestingNode.request(name, null, input))
                .join()
                .instance()
                .id();
    }

    private void deploy(String name, String schedule, String tasks) {
        String source = """
                document: { dsl: '1.0.0', namespace: test, name: %s, version: '1.0.0' }
                schedule:
                  %s
                do:
                %s""".formatted(name, schedule, tasks.indent(2));
        stays.orchestration().deploy(TestingNode.CALLER, source.getBytes(StandardCharsets.UTF_8));
    }

    private static int served(TestingNode node) {
        return node.partitions().serving().size();
    }

    private long closed(String name) {
        return number("SELECT count(*) FROM orquestrax.instance WHERE name = '" + name + "' AND status = '"
                + Status.COMPLETED.text() + "'");
    }

    private long number(String sql) {
        return database.database().with("count", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private void execute(String sql) {
        database.database().with("change a table", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
