package io.orquestrax.server.api;

import static io.orquestrax.server.api.TestingNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.orquestrax.protocol.v1.PublishEventsRequest;
import io.orquestrax.protocol.v1.PublishEventsResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventsEndToEndTest {
    private static final String LISTENING = """
            document: {dsl: '1.0.0', namespace: shop, name: listening, version: '1.0.0'}
            do:
              - hear:
                  listen: {to: {one: {with: {type: shown.heard}}}}
            """;
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
    void takesAnEventOnce() {
        HttpResponse<String> first = post("application/cloudevents+json", event("once"));
        HttpResponse<String> again = post("application/cloudevents+json; charset=utf-8", event("once"));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo("{\"accepted\":0,\"duplicates\":1}");
    }

    @Test
    void takesABatchOrNothingOfIt() {
        String good = "[" + event("b1") + "," + event("b2") + "," + event("b1") + "]";
        String bad = "[" + event("b3") + ",{\"specversion\":\"1.0\"}]";

        HttpResponse<String> refused = post("application/cloudevents-batch+json", bad);
        HttpResponse<String> taken = post("application/cloudevents-batch+json", good);
        HttpResponse<String> third = post("application/json", event("b3"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"code\":\"invalid-event\"").contains("at /1/id");
        assertThat(taken.body()).isEqualTo("{\"accepted\":2,\"duplicates\":1}");
        assertThat(third.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
    }

    @Test
    void takesABinaryEvent() {
        HttpResponse<String> taken = node.checked(node.request("/api/v1/events")
                .header("Content-Type", "text/plain")
                .header("ce-specversion", "1.0")
                .header("ce-id", "binary")
                .header("ce-source", "/till")
                .header("ce-type", "paid")
                .POST(HttpRequest.BodyPublishers.ofString("hello")));

        assertThat(taken.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertThat(post("text/plain", "hello").statusCode()).isEqualTo(415);
        assertThat(post("application/cloudevents+json", "{").body()).contains("malformed-json");
        assertThat(post("application/cloudevents+json", "[]").body()).contains("invalid-event");
    }

    @Test
    void showsWhatCameAndWhatBecameOfIt() {
        node.postYaml("/api/v1/definitions", LISTENING);
        String instance = json(node.post(
                        "/api/v1/instances", "{\"definition\":{\"namespace\":\"shop\",\"name\":\"listening\"}}"))
                .get("id")
                .textValue();
        until(
                "it listens",
                () -> json(node.get("/api/v1/instances/" + instance))
                        .get("status")
                        .textValue()
                        .equals("waiting"));
        post("application/cloudevents+json", event("seen", "shown.unheard", "{\"sum\":1.10}"));
        post("application/cloudevents+json", event("taken", "shown.heard", "7"));
        until("it is taken", () -> named("taken").get("state").textValue().equals("consumed"));
        until("it waits", () -> named("seen").get("state").textValue().equals("waiting"));

        JsonNode page = json(node.get("/api/v1/events?source=/shown&pageSize=1"));
        JsonNode next = json(node.get("/api/v1/events?source=/shown&pageSize=1&pageToken="
                + page.get("nextPageToken").textValue()));
        assertThat(page.get("events")).hasSize(1);
        assertThat(page.at("/events/0/id").textValue()).isEqualTo("taken");
        assertThat(page.at("/events/0/event").isMissingNode()).isTrue();
        assertThat(next.at("/events/0/id").textValue()).isEqualTo("seen");
        assertThat(next.has("nextPageToken")).isFalse();
        assertThat(json(node.get("/api/v1/events?type=shown.heard")).get("events"))
                .hasSize(1);

        JsonNode taken =
                json(node.get("/api/v1/events/" + named("taken").get("position").longValue()));
        assertThat(taken.get("offered").intValue()).isEqualTo(1);
        assertThat(taken.get("taken").intValue()).isEqualTo(1);
        assertThat(taken.at("/takers/0").textValue()).isEqualTo(instance);
        HttpResponse<String> seen =
                node.get("/api/v1/events/" + named("seen").get("position").longValue());
        assertThat(seen.body()).contains("\"data\":{\"sum\":1.10}").contains("\"subject\":\"7\"");
    }

    @Test
    void saysThatAnEventIsNotThere() {
        assertThat(node.get("/api/v1/events/999999").body()).contains("event-not-found");
        assertThat(node.get("/api/v1/events/0").body()).contains("invalid-id");
        assertThat(node.get("/api/v1/events/one").body()).contains("invalid-id");
        assertThat(node.get("/api/v1/events?id=one").body()).contains("Expected source together with id");
        assertThat(node.get("/api/v1/events?pageToken=abc").body()).contains("invalid-page-token");
    }

    @Test
    void groupsManyPosts() {
        List<CompletableFuture<HttpResponse<String>>> posts = new ArrayList<>();
        for (int count = 0; count < 200; count++) {
            String event = event("many-" + count);
            posts.add(CompletableFuture.supplyAsync(
                    () -> post("application/cloudevents+json", event), Thread::startVirtualThread));
        }
        for (CompletableFuture<HttpResponse<String>> post : posts) {
            assertThat(post.join().body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        }
    }

    @Test
    void takesEventsOverGrpc() {
        PublishEventsResponse response = node.grpc()
                .publishEvents(PublishEventsRequest.newBuilder()
                        .addEvents(ByteString.copyFromUtf8(event("g1")))
                        .addEvents(ByteString.copyFromUtf8(event("g1")))
                        .build());

        assertThat(response.getAccepted()).isEqualTo(1);
        assertThat(response.getDuplicates()).isEqualTo(1);
    }

    private static HttpResponse<String> post(String contentType, String body) {
        return node.checked(node.request("/api/v1/events")
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode named(String id) {
        return json(node.get("/api/v1/events?source=/shown&id=" + id)).at("/events/0");
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

    private static String event(String id, String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/shown\",\"subject\":\"7\",\"type\":\""
                + type + "\",\"data\":" + data + "}";
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/till\",\"type\":\"paid\",\"data\":1.10}";
    }
}
