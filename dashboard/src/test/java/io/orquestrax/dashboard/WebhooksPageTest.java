package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.orchestration.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The webhooks' pages of a real node on a real database. */
class WebhooksPageTest extends DashboardPages {
    @Test
    void countsWhatComesWhileItIsLookedAt() throws Exception {
        try (TestingStream stream = dashboard.stream("/webhooks/-/live")) {
            put("counted", "{\"verification\":{\"scheme\":\"none\"},\"event\":{\"type\":\".body.kind\"}}");
            stream.await("webhook-counted");
            stream.await("none<");

            assertThat(send("counted", "{\"kind\":\"paid\"}").statusCode()).isEqualTo(202);
            stream.await("cell-accepted numbers\" data-tint>1<");
            assertThat(send("counted", "{\"kind\":[]}").statusCode()).isEqualTo(422);
            stream.await("class=\"refused\"");
        }
        assertThat(dashboard.get("/webhooks").body()).contains("counted", "anybody", ".body.kind", "gives an object");
        try (TestingStream stream = dashboard.stream("/webhooks/counted/live")) {
            stream.await("Last refusal");
            dashboard.post("/webhooks/counted/disable", Map.of());
            stream.await("disabled");
        }
    }

    @Test
    void makesChangesDisablesAndDeletesOne() throws Exception {
        HttpResponse<String> made = submit(
                "/webhooks/-/new",
                Map.of(
                        "name", "made",
                        "verification/scheme", "hmac",
                        "verification/secret", "hook",
                        "verification/prefix", "sha256=",
                        "event/type", ".body.kind",
                        "perMinute", "10",
                        "enabled", "true"));

        assertThat(made.headers().firstValue("location")).hasValue("/webhooks/made");
        assertThat(configuration("made"))
                .isEqualTo("{\"verification\":{\"scheme\":\"hmac\",\"secret\":\"hook\",\"prefix\":\"sha256=\"},"
                        + "\"event\":{\"type\":\".body.kind\"},\"perMinute\":10}");
        String form = dashboard.get("/webhooks/made/edit").body();
        assertThat(form)
                .contains("value=\"hook\"", "value=\"sha256=\"", "value=\".body.kind\"", "value=\"10\"")
                .containsPattern("<option value=\"hmac\" selected>")
                .containsPattern("type=\"checkbox\"[^>]* checked");
        HttpResponse<String> changed = submit(
                "/webhooks/made/edit", Map.of("verification/scheme", "none", "event/type", "\"fixed\"", "enabled", ""));
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(configuration("made"))
                .isEqualTo("{\"enabled\":false,\"verification\":{\"scheme\":\"none\"},"
                        + "\"event\":{\"type\":\"\\\"fixed\\\"\"}}");
        assertThat(dashboard.get("/webhooks/made").body()).contains("disabled", "/webhooks/made/enable");
        dashboard.post("/webhooks/made/enable", Map.of());
        assertThat(dashboard.get("/webhooks/made").body()).contains("mark-completed", "/webhooks/made/disable");

        assertThat(dashboard.post("/webhooks/made/delete", Map.of()).headers().firstValue("location"))
                .hasValue("/webhooks");
        assertThat(dashboard.get("/webhooks/made").statusCode()).isEqualTo(404);
        assertThat(dashboard.get("/webhooks/made").body()).contains("There is no such webhook");
    }

    @Test
    void tellsWhatIsWrongWithTheFormAndKeepsWhatWasWritten() throws Exception {
        put("taken", "{\"verification\":{\"scheme\":\"none\"}}");

        HttpResponse<String> noSecret =
                submit("/webhooks/-/new", Map.of("name", "wrong", "verification/scheme", "github"));
        HttpResponse<String> noNumber = submit(
                "/webhooks/-/new",
                Map.of("name", "wrong", "verification/scheme", "none", "maxBytes", "much", "event/id", ".body.key"));
        HttpResponse<String> noName = submit("/webhooks/-/new", Map.of("name", "Bad", "verification/scheme", "none"));
        HttpResponse<String> taken = submit("/webhooks/-/new", Map.of("name", "taken", "verification/scheme", "none"));

        assertThat(noSecret.statusCode()).isEqualTo(400);
        assertThat(noSecret.body()).contains("Expected the name of a secret");
        assertThat(noNumber.body())
                .contains("at /maxBytes", "value=\".body.key\"")
                .containsPattern("name=\"maxBytes\"[^>]*aria-invalid");
        assertThat(noName.body()).contains("lower-case letters");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body()).contains("there is a webhook taken already");
        assertThat(dashboard.get("/webhooks/wrong").statusCode()).isEqualTo(404);
    }

    @Test
    void showsWhichEventARequestWouldBecome() throws Exception {
        put(
                "tried",
                "{\"verification\":{\"scheme\":\"none\"},\"event\":{\"type\":\".headers.kind\",\"subject\":\".query.shop\"}}");

        String taken = tryOut("tried", "Kind: order.paid\r\nno header", "shop=berlin%20mitte", "{\"sum\": 1.10}");
        String marked = tryOut("tried", "", "", "<b>");

        assertThat(taken)
                .contains("It would be taken", "\"order.paid\"", "berlin mitte", "1.10")
                .contains("Kind: order.paid\nno header</textarea>");
        assertThat(marked).contains("webhook.tried", "&lt;b&gt;").doesNotContain("<b>");
        assertThat(dashboard.get("/events?type=order.paid").body()).contains("No event matches");
        assertThat(dashboard.orchestration().webhooks().tally("tried").accepted())
                .isZero();
    }

    @Test
    void showsNoSecretButItsName() throws Exception {
        put("signed", "{\"verification\":{\"scheme\":\"github\",\"secret\":\"a-name-of-one\"}}");

        assertThat(dashboard.get("/webhooks/signed").body())
                .contains("a-name-of-one", "GitHub", "http://" + dashboard.authority() + "/api/v1/hooks/signed");
        assertThat(tryOut("signed", "", "", "{}")).contains("Expected the secret that the webhook signed names");
    }

    @Test
    void saysThatNothingGoesOut() throws Exception {
        assertThat(dashboard.get("/webhooks").body()).contains("Outgoing", "--set events.sinks=");
    }

    private static String tryOut(String name, String headers, String query, String body) throws Exception {
        HttpResponse<String> answer =
                dashboard.post("/webhooks/" + name + "/try", Map.of("headers", headers, "query", query, "body", body));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> submit(String path, Map<String, String> fields) throws Exception {
        return dashboard.post(path, new HashMap<>(fields));
    }

    private static void put(String name, String configuration) {
        dashboard.orchestration().webhooks().put(Caller.ANONYMOUS, name, Json.readTrusted(configuration));
    }

    private static String configuration(String name) {
        return Json.write(dashboard.orchestration().webhooks().find(name).configuration());
    }

    private static HttpResponse<String> send(String name, String body) throws Exception {
        return dashboard.send(dashboard
                .request("/api/v1/hooks/" + name, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
