package io.orquestrax.server.api;

import static io.orquestrax.server.api.TestingNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Schedules of a running node, over REST. */
class ScheduleEndToEndTest {
    private static TestingNode node;

    @BeforeAll
    static void startNode() {
        node = new TestingNode();
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void showsWhatIsDeployed() {
        deploy("daily", "cron: CRON_TZ=Europe/Berlin 0 5 * * *");

        JsonNode schedule = only(node.get("/api/v1/schedules/shop/daily"));

        assertThat(schedule.at("/definition/version").textValue()).isEqualTo("1.0.0");
        assertThat(schedule.get("trigger").textValue()).isEqualTo("cron");
        assertThat(schedule.get("expression").textValue()).isEqualTo("0 5 * * *");
        assertThat(schedule.get("zone").textValue()).isEqualTo("Europe/Berlin");
        assertThat(schedule.get("upcoming")).hasSize(5);
        assertThat(schedule.get("upcoming").get(0)).isEqualTo(schedule.get("nextAt"));
        assertThat(schedule.get("firedCount").intValue()).isZero();
    }

    @Test
    void listsByPage() {
        deploy("page-1", "every: {hours: 1}");
        deploy("page-2", "every: {hours: 1}");

        JsonNode first = json(node.get("/api/v1/schedules?namespace=shop&pageSize=1"));
        JsonNode second = json(node.get("/api/v1/schedules?namespace=shop&pageSize=1&pageToken="
                + first.get("nextPageToken").textValue()));

        assertThat(second.at("/schedules/0/definition")).isNotEqualTo(first.at("/schedules/0/definition"));
        assertThat(json(node.get("/api/v1/schedules?name=page-2")).get("schedules"))
                .hasSize(1);
    }

    @Test
    void startsInstancesAtItsTimes() {
        deploy("tick", "every: {seconds: 1}");

        until(
                "it has started an instance",
                () -> only(node.get("/api/v1/schedules/shop/tick"))
                                .get("firedCount")
                                .intValue()
                        > 0);

        node.post("/api/v1/schedules/shop/tick:pause");
        String id = only(node.get("/api/v1/schedules/shop/tick"))
                .get("lastInstanceId")
                .textValue();
        until("the instance is there", () -> node.get("/api/v1/instances/" + id).statusCode() == 200);
        JsonNode instance = json(node.get("/api/v1/instances/" + id + "/result?wait=PT30S"));
        assertThat(instance.get("status").textValue()).isEqualTo("completed");
        assertThat(instance.at("/input")).isEmpty();
    }

    @Test
    void startsAgainAfterTheEndOfTheLast() {
        deploy("chain", "after: {milliseconds: 1}");

        until(
                "it has started three instances",
                () -> only(node.get("/api/v1/schedules/shop/chain"))
                                .get("firedCount")
                                .intValue()
                        > 2);

        node.post("/api/v1/schedules/shop/chain:pause");
    }

    @Test
    void startsByEvents() {
        deploy("join", "on: {all: [{with: {type: day.closed}}, {with: {type: till.counted}}]}");
        event("till.counted", "{\"sum\":1.10}");
        event("day.closed", "{\"day\":7}");

        until(
                "it has started an instance",
                () -> only(node.get("/api/v1/schedules/shop/join"))
                                .get("firedCount")
                                .intValue()
                        == 1);

        String id = only(node.get("/api/v1/schedules/shop/join"))
                .get("lastInstanceId")
                .textValue();
        until("the instance is there", () -> node.get("/api/v1/instances/" + id).statusCode() == 200);
        assertThat(node.get("/api/v1/instances/" + id).body()).contains("[{\"sum\":1.10},{\"day\":7}]");
    }

    private static void event(String type, String data) {
        HttpResponse<String> answer = node.checked(node.request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"specversion\":\"1.0\",\"id\":\"" + type
                        + "\",\"source\":\"/test\",\"type\":\"" + type + "\",\"data\":" + data + "}")));
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void pausesAndResumes() {
        deploy("stop", "every: {hours: 1}");

        JsonNode paused = only(node.post("/api/v1/schedules/shop/stop:pause"));
        JsonNode resumed = only(node.post("/api/v1/schedules/shop/stop:resume", "{}"));

        assertThat(paused.get("paused").booleanValue()).isTrue();
        assertThat(paused.has("nextAt")).isFalse();
        assertThat(resumed.get("paused").booleanValue()).isFalse();
        assertThat(resumed.has("nextAt")).isTrue();
    }

    @Test
    void triggersByHandWithoutMovingItsTimes() {
        deploy("hand", "every: {hours: 1}");
        JsonNode before = only(node.get("/api/v1/schedules/shop/hand"));

        HttpResponse<String> started = node.post("/api/v1/schedules/shop/hand:trigger", "{\"input\":{\"a\":1.10}}");

        assertThat(started.statusCode()).isEqualTo(201);
        assertThat(started.body()).contains("{\"a\":1.10}");
        assertThat(node.get(started.headers().firstValue("location").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
        assertThat(only(node.get("/api/v1/schedules/shop/hand"))).isEqualTo(before);
    }

    @Test
    void refusesWhatHasNoSchedule() {
        for (String verb : java.util.List.of(":pause", ":resume", ":trigger")) {
            HttpResponse<String> answer = node.post("/api/v1/schedules/shop/nothing" + verb);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).get("code").textValue()).isEqualTo("schedule-not-found");
        }
        assertThat(node.get("/api/v1/schedules/shop/nothing").statusCode()).isEqualTo(404);
        assertThat(json(node.post("/api/v1/schedules/shop/nothing:trigger", "{\"inputs\":1}"))
                        .get("code")
                        .textValue())
                .isEqualTo("invalid-request");
    }

    private static void deploy(String name, String schedule) {
        HttpResponse<String> answer = node.postYaml("/api/v1/definitions", """
                document:
                  dsl: '1.0.0'
                  namespace: shop
                  name: %s
                  version: '1.0.0'
                schedule:
                  %s
                do:
                  - keep:
                      set:
                        done: true
                """.formatted(name, schedule));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static JsonNode only(HttpResponse<String> answer) {
        JsonNode schedules = json(answer).required("schedules");
        assertThat(schedules).hasSize(1);
        return schedules.get(0);
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("Expected that " + what);
            }
            Thread.onSpinWait();
        }
    }
}
