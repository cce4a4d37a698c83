package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.node.TestingPair.Departure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of two nodes goes while instances run whose lifecycle is told to a sink. */
class LifecycleDepartureTest {
    private static final int MANY = 32;

    private final TestingPair pair = new TestingPair("all");
    private final TestingNode stays = pair.stays();
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();

    LifecycleDepartureTest() throws IOException {}

    @AfterEach
    void close() {
        pair.close();
    }

    @ParameterizedTest
    @EnumSource
    void allIsToldAtLeastOnceAndInOrder(Departure departure) {
        pair.takeFrom(List.of("/stays", "/goes"), told);
        stays.deploy("order", """
                - check:
                    set: { order: "${ .order }" }
                - cool:
                    wait: PT0.2S
                - pay:
                    listen:
                      to:
                        one:
                          with: { type: paid }
                          correlate:
                            order: { from: .data, expect: "${ .order }" }
                - thank:
                    set: { paid: true }
                """);
        List<UUID> orders = new ArrayList<>();
        for (int order = 0; order < MANY; order++) {
            orders.add(pair.start("order", "{\"order\":" + order + "}"));
        }

        CompletableFuture<Void> payments = CompletableFuture.runAsync(this::payAll, Thread::startVirtualThread);
        departure.of(pair.goes());
        payments.join();

        orders.forEach(stays::awaitClosed);
        TestingNode.until("none is left", () -> pair.number("SELECT count(*) FROM orquestrax.outgoing_event") == 0);
        for (UUID order : orders) {
            assertThat(lifecycleOf(order))
                    .as("Lifecycle of %s", order)
                    .containsExactly(
                            "workflow.started ",
                            "task.created /do/0/check",
                            "task.started /do/0/check",
                            "task.completed /do/0/check",
                            "task.created /do/1/cool",
                            "task.started /do/1/cool",
                            "task.completed /do/1/cool",
                            "workflow.correlation-started ",
                            "task.created /do/2/pay",
                            "task.started /do/2/pay",
                            "workflow.correlation-completed ",
                            "task.completed /do/2/pay",
                            "task.created /do/3/thank",
                            "task.started /do/3/thank",
                            "task.completed /do/3/thank",
                            "workflow.completed ");
        }
    }

    private void payAll() {
        for (int order = 0; order < MANY; order++) {
            stays.orchestration()
                    .events()
                    .publish(Json.readTrusted("{\"specversion\":\"1.0\",\"id\":\"p" + order
                            + "\",\"source\":\"/till\",\"type\":\"paid\",\"data\":" + order + "}"))
                    .join();
        }
    }

    /** What came of it, in the order in which each came first: what a sink has not answered comes again. */
    private Collection<String> lifecycleOf(UUID instance) {
        Map<String, String> byId = new LinkedHashMap<>();
        told.stream()
                .filter(event -> event.get("subject").asText().equals(instance.toString()))
                .forEach(event -> byId.putIfAbsent(event.get("id").asText(), text(event)));
        return byId.values();
    }

    private static String text(JsonNode event) {
        String type = event.get("type").asText();
        return type.substring("io.serverlessworkflow.".length(), type.length() - ".v1".length()) + " "
                + event.at("/data/task").asText();
    }
}
