package io.orquestrax.server.api;

import static io.orquestrax.server.api.TestingNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over REST: kept, verified, and made into events that workflows listen to. */
@Timeout(120)
class WebhooksEndToEndTest {
    private static final String KEY = "hook-key-9d2f";

    @TempDir
    private static Path secrets;

    private static TestingNode node;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(secrets.resolve("hook"), KEY);
        node = new TestingNode(Settings.defaults().with(ConnectorSettingCatalog.SECRETS_DIRECTORY, secrets.toString()));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void isKeptChangedAndRemoved() {
        HttpResponse<String> made = put("kept", "{\"verification\":{\"scheme\":\"none\"}}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).path("path").textValue()).isEqualTo("/api/v1/hooks/kept");
        assertThat(put("kept", "{\"verification\":{\"scheme\":\"github\",\"secret\":\"hook\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(node.get("/api/v1/webhooks/kept"))
                        .at("/configuration/verification/secret")
                        .textValue())
                .isEqualTo("hook");
        assertThat(json(node.get("/api/v1/webhooks")).path("webhooks").findValuesAsText("name"))
                .contains("kept");
        assertThat(node.checked(node.request("/api/v1/webhooks/kept").DELETE()).statusCode())
                .isEqualTo(200);
        assertThat(json(node.get("/api/v1/webhooks/kept")).path("code").textValue())
                .isEqualTo("webhook-not-found");
        assertThat(put("Bad_Name", "{\"verification\":{\"scheme\":\"none\"}}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aVerifiedRequestBecomesAnEventOnce() throws Exception {
        put("pushes", """
                {"verification": {"scheme": "github", "secret": "hook"},
                 "event": {"type": "\\"com.github.\\" + .headers[\\"x-github-event\\"]", "subject": ".body.ref",
                           "data": "{ref: .body.ref, via: .query.via}"}}
                """);
        node.postYaml("/api/v1/definitions", """
                document: { dsl: '1.0.3', namespace: shop, name: on-push, version: '1.0.0' }
                do:
                - hear: { listen: { to: { one: { with: { type: com.github.push, subject: main } } } } }
                """);
        String id = node.start("on-push");
        String body = "{\"ref\":\"main\",\"more\":1}";

        HttpResponse<String> taken = push("pushes?via=test", body, "sha256=" + hmac(body));

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        assertThat(json(node.get("/api/v1/instances/" + id + "/result?wait=PT30S"))
                        .path("output"))
                .hasToString("[{\"ref\":\"main\",\"via\":\"test\"}]");
        assertThat(push("pushes?via=test", body, "sha256=" + hmac(body)).body())
                .as("the same delivery again")
                .isEqualTo("{\"accepted\":0,\"duplicates\":1}");
    }

    @Test
    void refusesWhatIsNotSigned() throws Exception {
        put("signed", "{\"verification\":{\"scheme\":\"github\",\"secret\":\"hook\"}}");

        HttpResponse<String> refused = push("signed", "{}", "sha256=" + hmac("{ }"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).path("code").textValue()).isEqualTo("signature-refused");
        assertThat(refused.body()).doesNotContain(KEY);
        assertThat(push("nobody", "{}", "x").statusCode()).isEqualTo(404);
        put("secretless", "{\"verification\":{\"scheme\":\"github\",\"secret\":\"not-there\"}}");
        assertThat(push("secretless", "{}", "x").statusCode()).isEqualTo(503);
    }

    @Test
    void boundsSizeAndRate() {
        put("small", "{\"verification\":{\"scheme\":\"none\"},\"maxBytes\":10,\"perMinute\":2}");

        assertThat(push("small", "{\"a\":123456}", "").statusCode()).isEqualTo(413);
        assertThat(push("small", "1", "").statusCode()).isEqualTo(202);
        List<Integer> answers = new ArrayList<>();
        // The minute may change once in between.
        for (int request = 0; request < 5; request++) {
            answers.add(push("small", "2", "").statusCode());
        }
        assertThat(answers).contains(429);
    }

    @Test
    void tellsWhichExpressionFailed() {
        put("strict", "{\"verification\":{\"scheme\":\"none\"},\"event\":{\"type\":\".body.type | ascii_downcase\"}}");

        HttpResponse<String> failed = push("strict", "{\"type\":5}", "");

        assertThat(failed.statusCode()).isEqualTo(422);
        assertThat(json(failed).path("detail").textValue()).contains("the type of the event");
        assertThat(push("strict", "{\"type\":\"A\"}", "").statusCode()).isEqualTo(202);
    }

    @Test
    void aDisabledOneIsKeptAndRefusesUntilItIsEnabled() {
        put("resting", "{\"verification\":{\"scheme\":\"none\"},\"perMinute\":7}");

        HttpResponse<String> disabled = node.post("/api/v1/webhooks/resting:disable", "{}");

        assertThat(json(disabled).path("configuration"))
                .hasToString("{\"verification\":{\"scheme\":\"none\"},\"perMinute\":7,\"enabled\":false}");
        HttpResponse<String> refused = push("resting", "{}", "");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).path("detail").textValue()).contains("resting is disabled");
        node.post("/api/v1/webhooks/resting:enable", "{}");
        assertThat(push("resting", "{}", "").statusCode()).isEqualTo(202);
        assertThat(node.post("/api/v1/webhooks/nobody:disable", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void countsWhatCame() throws Exception {
        put("counted", "{\"verification\":{\"scheme\":\"github\",\"secret\":\"hook\"}}");
        push("counted", "{}", "sha256=" + hmac("{}"));
        push("counted", "{}", "sha256=" + hmac("{}"));
        push("counted", "{}", "sha256=00");

        JsonNode received = json(node.get("/api/v1/webhooks/counted")).path("received");

        assertThat(received.path("accepted").intValue()).isEqualTo(1);
        assertThat(received.path("duplicates").intValue()).isEqualTo(1);
        assertThat(received.path("refused").intValue()).isEqualTo(1);
        assertThat(received.path("lastAt").textValue()).isNotEmpty();
        assertThat(received.path("lastRefusal").textValue()).contains("Expected a signature");
    }

    @Test
    void tellsWhatARequestWouldBecomeAndKeepsNothingOfIt() throws Exception {
        put("tried", """
                {"verification": {"scheme": "github", "secret": "hook"},
                 "event": {"type": "\\"com.github.\\" + .headers[\\"x-github-event\\"]", "subject": ".body.ref"}}
                """);
        String signed = "{\"headers\":{\"X-GitHub-Event\":\"push\",\"X-Hub-Signature-256\":\"sha256="
                + hmac("{\"ref\":\"main\"}") + "\"},\"body\":{\"ref\":\"main\"}}";

        JsonNode taken = json(node.post("/api/v1/webhooks/tried:try", signed));
        JsonNode refused = json(node.post("/api/v1/webhooks/tried:try", signed.replace("sha256=", "sha256=0")));
        JsonNode failed = json(node.post("/api/v1/webhooks/tried:try", "{\"body\":5}"));

        assertThat(taken.path("taken").booleanValue()).as(taken.toString()).isTrue();
        assertThat(taken.at("/event/type").textValue()).isEqualTo("com.github.push");
        assertThat(taken.at("/event/subject").textValue()).isEqualTo("main");
        assertThat(refused.path("taken").booleanValue()).isFalse();
        assertThat(refused.path("refusal").textValue()).contains("Expected a signature");
        assertThat(refused.at("/event/type").textValue()).isEqualTo("com.github.push");
        assertThat(refused.toString()).doesNotContain(KEY);
        assertThat(failed.has("event")).isFalse();
        assertThat(failed.path("noEvent").textValue()).contains("the subject of the event");
        assertThat(json(node.get("/api/v1/webhooks/tried"))
                        .at("/received/accepted")
                        .intValue())
                .isZero();
        assertThat(json(node.get("/api/v1/events?type=com.github.push&source=%2Fwebhooks%2Ftried"))
                        .path("events"))
                .isEmpty();
    }

    private static HttpResponse<String> put(String name, String configuration) {
        return node.checked(node.request("/api/v1/webhooks/" + name)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(configuration)));
    }

    private static HttpResponse<String> push(String hook, String body, String signature) {
        return node.checked(node.request("/api/v1/hooks/" + hook)
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                // As who replays what he heard would name it: nothing signs the name.
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .header("X-Hub-Signature-256", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
