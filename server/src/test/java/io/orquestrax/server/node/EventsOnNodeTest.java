package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.event.EventIntake;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.InstanceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsOnNodeTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEventReachesAThousandListeners() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("listener", listenOne("paid"));
            List<UUID> ids = new ArrayList<>();
            for (int count = 0; count < 1_000; count++) {
                ids.add(node.start("listener").id());
            }

            publish(node, "e1", "paid", "7");

            for (UUID id : ids) {
                InstanceRow closed = node.awaitClosed(id);
                assertThat(closed.status()).isEqualTo(Status.COMPLETED);
                assertThat(closed.output()).isEqualTo("[7]");
            }
        }
    }

    @Test
    void whoListensLateIsOfferedWhatNobodyConsumed() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("listener", listenOne("paid"));
            publish(node, "e1", "paid", "1.10");

            InstanceRow first = node.awaitClosed(node.start("listener").id());
            UUID second = node.start("listener").id();
            publish(node, "e2", "paid", "2");
            InstanceRow next = node.awaitClosed(second);

            assertThat(first.output()).isEqualTo("[1.10]");
            assertThat(next.output()).isEqualTo("[2]");
        }
    }

    @Test
    void anEventThatOneInstanceEmitsReachesAnother() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("listener", listenOne("shipped"));
            node.deploy("emitter", """
                    - ship:
                        emit:
                          event:
                            with:
                              source: /warehouse
                              type: shipped
                              data: { parcel: 3 }
                    """);
            UUID listener = node.start("listener").id();

            InstanceRow emitter = node.awaitClosed(node.start("emitter").id());
            InstanceRow closed = node.awaitClosed(listener);

            assertThat(emitter.status()).isEqualTo(Status.COMPLETED);
            assertThat(closed.output()).isEqualTo("[{\"parcel\":3}]");
        }
    }

    @Test
    void eventsFindTheInstanceThatTheyCorrelateWith() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("order", """
                    - pay:
                        listen:
                          to:
                            one:
                              with:
                                type: paid
                              correlate:
                                order:
                                  from: .data.order
                                  expect: ${ .order }
                    """);
            List<UUID> ids = new ArrayList<>();
            for (int order = 0; order < 50; order++) {
                ids.add(start(node, "order", "{\"order\":" + order + "}"));
            }
            for (int order = 49; order >= 0; order--) {
                publish(node, "p" + order, "paid", "{\"order\":" + order + ".0}");
            }
            for (int order = 0; order < 50; order++) {
                assertThat(node.awaitClosed(ids.get(order)).output()).isEqualTo("[{\"order\":" + order + ".0}]");
            }
        }
    }

    @Test
    void whatWasStoredIsDeliveredAfterARestart() {
        UUID id;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("listener", listenOne("paid"));
            id = node.start("listener").id();
            TestingNode.until("it listens", () -> node.instance(id).status() == Status.WAITING);
        }
        database.database().with("store an event as a node does that dies before it delivers", connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("INSERT INTO orquestrax.cloud_event (source, id, type, envelope, received_at)"
                        + " VALUES ('/till', 'e1', 'paid', '{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/till\","
                        + "\"type\":\"paid\",\"data\":5}', now())");
            }
        });
        try (TestingNode node = TestingNode.on(database)) {
            assertThat(node.awaitClosed(id).output()).isEqualTo("[5]");
        }
    }

    @Test
    void ofManyRacingStartsAndEventsEachInstanceConsumesItsOwnOnce() {
        int pairs = 500;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("order", """
                    - pay:
                        listen:
                          to:
                            one:
                              with:
                                type: paid
                              correlate:
                                order:
                                  from: .data
                                  expect: ${ .order }
                    """);
            CompletableFuture<Void> publisher = CompletableFuture.runAsync(
                    () -> {
                        for (int pair = 0; pair < pairs; pair++) {
                            publish(node, "p" + pair, "paid", Integer.toString(pair));
                        }
                    },
                    Thread::startVirtualThread);
            List<UUID> ids = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                ids.add(start(node, "order", "{\"order\":" + pair + "}"));
            }
            publisher.join();

            InstanceQueries queries = new InstanceQueries(database.database());
            for (int pair = 0; pair < pairs; pair++) {
                assertThat(node.awaitClosed(ids.get(pair)).output()).isEqualTo("[" + pair + "]");
                assertThat(queries.history(ids.get(pair), 0, 100))
                        .extracting(event -> event.type())
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static String listenOne(String type) {
        return """
                - hear:
                    listen:
                      to:
                        one:
                          with:
                            type: %s
                """.formatted(type);
    }

    private static UUID start(TestingNode node, String name, String input) {
        return node.orchestration()
                .start(TestingNode.CALLER, TestingNode.request(name, null, input))
                .join()
                .instance()
                .id();
    }

    private static void publish(TestingNode node, String id, String type, String data) {
        EventIntake.Accepted accepted = node.orchestration()
                .events()
                .publish(Json.readTrusted("{\"specversion\":\"1.0\",\"id\":\"" + id
                        + "\",\"source\":\"/till\",\"type\":\"" + type + "\",\"data\":" + data + "}"))
                .join();
        assertThat(accepted.accepted()).isEqualTo(1);
    }
}
