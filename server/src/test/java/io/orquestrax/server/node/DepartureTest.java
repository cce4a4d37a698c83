package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.node.TestingPair.Departure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One of two nodes goes: what its partitions had begun beside jobs and timers is done by the other one, and nothing of it
 * twice.
 */
class DepartureTest {
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

    private final TestingPair pair = new TestingPair("off");
    private final TestingNode stays = pair.stays();
    private final TestingNode goes = pair.goes();

    DepartureTest() throws IOException {}

    @AfterEach
    void close() {
        pair.close();
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
        pair.execute("UPDATE orquestrax.schedule SET paused = true");

        for (String name : List.of("ticking", "chained")) {
            TestingNode.until(
                    "each firing of " + name + " has its instance",
                    () -> closed(name)
                            == pair.number("SELECT fired_count FROM orquestrax.schedule WHERE name = '" + name + "'"));
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
            pair.start("emitter", "{\"n\":" + count + "}");
        }
        TestingNode.until(
                "all of it waits", () -> pair.number("SELECT count(*) FROM orquestrax.outgoing_event") == 2 * MANY);

        departure.of(goes);
        List<JsonNode> events = new CopyOnWriteArrayList<>();
        pair.takeFrom(List.of("/stays"), events);

        TestingNode.until("none is left", () -> pair.number("SELECT count(*) FROM orquestrax.outgoing_event") == 0);
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
                () -> pair.number("SELECT count(*) FROM orquestrax.subscription WHERE looked_back") == MANY);
        // As nodes leave it that go between the commit of a subscription and its look back.
        for (int order = 0; order < MANY; order++) {
            pair.execute("INSERT INTO orquestrax.cloud_event (source, id, type, envelope, received_at, delivered)"
                    + " VALUES ('/till', 'p" + order + "', 'paid', '" + paid(order) + "', now(), true)");
        }
        pair.execute("UPDATE orquestrax.subscription SET looked_back = false");

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
            orders.add(pair.start("order", "{\"order\":" + order + "}"));
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

    private void deploy(String name, String schedule, String tasks) {
        String source = """
                document: { dsl: '1.0.0', namespace: test, name: %s, version: '1.0.0' }
                schedule:
                  %s
                do:
                %s""".formatted(name, schedule, tasks.indent(2));
        stays.orchestration().deploy(TestingNode.CALLER, source.getBytes(StandardCharsets.UTF_8));
    }

    private long closed(String name) {
        return pair.number("SELECT count(*) FROM orquestrax.instance WHERE name = '" + name + "' AND status = '"
                + Status.COMPLETED.text() + "'");
    }
}
