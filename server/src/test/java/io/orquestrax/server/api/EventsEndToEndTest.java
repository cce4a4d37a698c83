package io.orquestrax.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.orquestrax.protocol.v1.PublishEventsRequest;
import io.orquestrax.protocol.v1.PublishEventsResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventsEndToEndTest {
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

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/till\",\"type\":\"paid\",\"data\":1.10}";
    }
}
