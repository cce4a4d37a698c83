package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.instance.InstanceRow;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events, and publishing one. */
class EventsPageTest extends DashboardPages {
    @Test
    void showsAnEventAndWhatBecameOfIt() throws Exception {
        dashboard.deploy(
                definition("hearing", "1.0.0", "", "listen: { to: { one: { with: { type: dashboard.heard } } } }"));
        InstanceRow instance = dashboard.start("hearing", null, "{}", Map.of());
        try (TestingStream stream = dashboard.stream("/instances/" + instance.id() + "/live")) {
            stream.await("mark-waiting");
        }
        assertThat(dashboard.get("/instances/" + instance.id()).body())
                .contains(" waits for dashboard.heard")
                .doesNotContain("it goes on");

        HttpResponse<String> published = publish("dashboard.heard", "/till", "one", "{\"sum\":1.10}");

        assertThat(published.statusCode()).isEqualTo(303);
        String location = published.headers().firstValue("location").orElseThrow();
        try (TestingStream stream = dashboard.stream(location + "/live")) {
            stream.await("mark-completed");
            stream.await("/instances/" + instance.id());
        }
        assertThat(dashboard.get(location).body()).contains("1.10", "consumed", "/till", "taken by 1 instance");
        assertThat(dashboard.get("/events?type=dashboard.heard&source=/till").body())
                .contains(location, "by 1 instance");
        assertThat(dashboard.get("/events?type=dashboard.heard&source=/other").body())
                .contains("No event matches");
    }

    @Test
    void countsNewEventsAndChangesThoseInView() throws Exception {
        publish("dashboard.in-view", "/till", "first", "1");
        String page = dashboard.get("/events?type=dashboard.in-view").body();

        try (TestingStream stream = dashboard.stream(live(page))) {
            stream.await("nobody listened");
            publish("dashboard.elsewhere", "/till", "other", "1");
            publish("dashboard.in-view", "/till", "second", "1");

            stream.await(">1 new<");
        }
    }

    @Test
    void tellsWhatIsWrongWithAnEvent() throws Exception {
        HttpResponse<String> noJson = publish("dashboard.wrong", "/till", "", "{\"sum\": ");
        HttpResponse<String> noSource = publish("dashboard.wrong", "not a uri", "", "");
        publish("dashboard.again", "/till", "again", "1");
        HttpResponse<String> again = publish("dashboard.again", "/till", "again", "2");

        assertThat(noJson.statusCode()).isEqualTo(400);
        assertThat(noJson.body())
                .contains("Expected one JSON value, but at line 1")
                .contains("{\"sum\": </textarea>");
        assertThat(noSource.statusCode()).isEqualTo(422);
        assertThat(noSource.body())
                .contains("Expected a URI reference at /source")
                .containsPattern("name=\"source\"[^>]*aria-invalid");
        assertThat(dashboard
                        .get(again.headers().firstValue("location").orElseThrow())
                        .body())
                .contains("It had been published before");
    }

    private static HttpResponse<String> publish(String type, String source, String id, String data) throws Exception {
        return dashboard.post("/events/new", Map.of("type", type, "source", source, "id", id, "data", data));
    }
}
