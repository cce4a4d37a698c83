package io.orquestrax.server.api;

import static io.orquestrax.server.api.TestingNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.partition.UuidSequence;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestEndToEndTest {
    private static TestingNode node;

    @BeforeAll
    static void startNode() {
        node = new TestingNode();
        List.of(TestingNode.WAITER, TestingNode.ECHO, TestingNode.FAILER)
                .forEach(source -> node.postYaml("/api/v1/definitions", source));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void deploysAVersionOnce() {
        String source =
                TestingNode.ECHO.replace("1.0.0'\n  title", "2.0.0'\n  title").replace("name: echo", "name: once");

        HttpResponse<String> first = node.postYaml("/api/v1/definitions", source);
        HttpResponse<String> same = node.postYaml("/api/v1/definitions", source);
        HttpResponse<String> other = node.postYaml("/api/v1/definitions", source.replace("What", "Whatever"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json(first).get("created").booleanValue()).isTrue();
        assertThat(first.headers().firstValue("location")).hasValue("/api/v1/definitions/shop/once/2.0.0");
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(json(same).get("created").booleanValue()).isFalse();
        assertThat(code(other)).isEqualTo("definition-conflict");
    }

    @Test
    void readsADefinitionAsJsonAndAsItsText() {
        HttpResponse<String> asJson = node.get("/api/v1/definitions/shop/echo/1.0.0");
        HttpResponse<String> asText =
                node.checked(node.request("/api/v1/definitions/shop/echo/1.0.0").header("Accept", "application/yaml"));

        assertThat(json(asJson).get("source").textValue()).isEqualTo(TestingNode.ECHO);
        assertThat(json(asJson).get("title").textValue()).isEqualTo("Gives back");
        assertThat(asText.body()).isEqualTo(TestingNode.ECHO);
        assertThat(code(node.get("/api/v1/definitions/shop/echo/9.9.9"))).isEqualTo("definition-not-found");
    }

    @Test
    void listsDefinitionsByPage() {
        JsonNode first = json(node.get("/api/v1/definitions?pageSize=1"));
        JsonNode second = json(node.get("/api/v1/definitions?pageSize=1&pageToken="
                + first.get("nextPageToken").textValue()));

        assertThat(first.get("definitions")).hasSize(1);
        assertThat(second.get("definitions")).hasSize(1);
        assertThat(second.at("/definitions/0/name")).isNotEqualTo(first.at("/definitions/0/name"));
        assertThat(code(node.get("/api/v1/definitions?pageToken=made-up"))).isEqualTo("invalid-page-token");
    }

    @Test
    void tellsTheMistakesOfADefinitionWithTheirPlaces() {
        String wrong = TestingNode.ECHO.replace("set:", "sett:");

        HttpResponse<String> deployed = node.postYaml("/api/v1/definitions", wrong);
        HttpResponse<String> validated = node.postYaml("/api/v1/definitions:validate", wrong);
        HttpResponse<String> valid = node.postYaml("/api/v1/definitions:validate", TestingNode.ECHO);

        assertThat(code(deployed)).isEqualTo("invalid-definition");
        assertThat(deployed.statusCode()).isEqualTo(422);
        assertThat(json(deployed).at("/violations/0/line").intValue()).isGreaterThan(8);
        assertThat(json(validated).get("valid").booleanValue()).isFalse();
        assertThat(json(validated).get("violations")).isEqualTo(json(deployed).get("violations"));
        assertThat(json(valid).get("valid").booleanValue()).isTrue();
    }

    @Test
    void startsAnInstanceAndHoldsTheCallForItsResult() {
        HttpResponse<String> started = node.post("/api/v1/instances", """
                {"definition":{"namespace":"shop","name":"echo"},"input":{"item":"tea"},"tags":{"team":"blue"}}""");
        String location = started.headers().firstValue("location").orElseThrow();

        HttpResponse<String> result = node.get(location + "/result?wait=PT30S");

        assertThat(started.statusCode()).isEqualTo(201);
        assertThat(json(started).at("/tags/team").textValue()).isEqualTo("blue");
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(json(result).get("status").textValue()).isEqualTo("completed");
        assertThat(json(result).at("/output/echoed/item").textValue()).isEqualTo("tea");
        assertThat(json(node.get(location)).get("closedAt")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "1.10",
                "1.0",
                "123456789012345678901234567890.123456789",
                "1e400",
                "-0.000",
                "\"a\\u0000b\"",
                "\"\uD83D\uDE00\"",
                "\"\\uD83D\\uDE00\"",
                "\"\\\"\\\\ \\u2028\"",
                "[]",
                "null",
                "[[[{\"\":\"\"}]]]"
            })
    void givesPayloadsBackAsTheyWentIn(String value) throws Exception {
        HttpResponse<String> started = node.post(
                "/api/v1/instances",
                "{\"definition\":{\"namespace\":\"shop\",\"name\":\"echo\"},\"input\":{\"value\":" + value + "}}");
        String location = started.headers().firstValue("location").orElseThrow();

        HttpResponse<String> result = node.get(location + "/result?wait=PT30S");

        String expected = Json.write(Json.read(value));
        assertThat(started.body()).contains("\"input\":{\"value\":" + expected + "}");
        assertThat(result.body()).contains("\"input\":{\"value\":" + expected + "}");
        assertThat(result.body()).contains("\"output\":{\"echoed\":{\"value\":" + expected + "}}");
    }

    @Test
    void answersARepeatedStartWithTheInstanceThatIsOpen() {
        String request =
                "{\"definition\":{\"namespace\":\"shop\",\"name\":\"waiter\"},\"key\":\"order-1\",\"input\":{\"a\":1}}";

        HttpResponse<String> first = node.post("/api/v1/instances", request);
        HttpResponse<String> repeated = node.post("/api/v1/instances", request);
        HttpResponse<String> other = node.post("/api/v1/instances", request.replace("{\"a\":1}", "{\"a\":2}"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(repeated.statusCode()).isEqualTo(200);
        assertThat(json(repeated).get("id")).isEqualTo(json(first).get("id"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(code(other)).isEqualTo("key-conflict");
        assertThat(json(node.get("/api/v1/instances?key=order-1")).get("instances"))
                .hasSize(1);
    }

    @Test
    void answersARepeatedStartWithTheInstanceThatHasItsIdAlsoWhereItIsClosed() {
        UUID id = new UuidSequence(Clock.systemUTC()).next();
        String request =
                "{\"definition\":{\"namespace\":\"shop\",\"name\":\"echo\"},\"id\":\"" + id + "\",\"input\":{\"a\":1}}";

        HttpResponse<String> first = node.post("/api/v1/instances", request);
        var _ = node.get("/api/v1/instances/" + id + "/result?wait=PT30S");
        HttpResponse<String> repeated = node.post("/api/v1/instances", request);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json(first).path("id").asText()).isEqualTo(id.toString());
        assertThat(json(repeated).path("id").asText()).isEqualTo(id.toString());
        assertThat(json(repeated).path("status").asText()).isEqualTo("completed");
        assertThat(code(node.post("/api/v1/instances", request.replace("{\"a\":1}", "{\"a\":2}"))))
                .isEqualTo("key-conflict");
        assertThat(code(node.post("/api/v1/instances", request.replace(id.toString(), "7"))))
                .isEqualTo("invalid-id");
    }

    @Test
    void refusesAStartThatCannotBe() {
        assertThat(code(node.post("/api/v1/instances", "{\"definition\":{\"namespace\":\"shop\",\"name\":\"none\"}}")))
                .isEqualTo("definition-not-found");
        String key = "k".repeat(5000);
        assertThat(code(node.post(
                        "/api/v1/instances",
                        "{\"definition\":{\"namespace\":\"shop\",\"name\":\"echo\"},\"key\":\"" + key + "\"}")))
                .isEqualTo("invalid-request");
    }

    @Test
    void listsInstancesByPageAndStatus() {
        List<String> started = List.of(node.start("waiter"), node.start("waiter"), node.start("waiter"));
        started.forEach(id -> awaitStatus(id, "waiting"));

        List<String> listed = new ArrayList<>();
        String path = "/api/v1/instances?name=waiter&namespace=shop&status=waiting,pending&status=running&pageSize=2";
        JsonNode page = json(node.get(path));
        page.get("instances").forEach(instance -> listed.add(instance.get("id").textValue()));
        while (page.has("nextPageToken")) {
            page = json(
                    node.get(path + "&pageToken=" + page.get("nextPageToken").textValue()));
            page.get("instances")
                    .forEach(instance -> listed.add(instance.get("id").textValue()));
        }

        assertThat(listed).containsSubsequence(started.reversed()).doesNotHaveDuplicates();
        assertThat(json(node.get("/api/v1/instances?name=waiter&status=completed"))
                        .get("instances"))
                .isEmpty();
    }

    @Test
    void actsOnAnInstance() {
        String instance = "/api/v1/instances/" + node.start("waiter");

        HttpResponse<String> tooEarly = node.post(instance + ":resume");
        HttpResponse<String> suspended = node.post(instance + ":suspend", "{\"reason\":\"a look\"}");
        HttpResponse<String> resumed = node.post(instance + ":resume");
        HttpResponse<String> notFaulted = node.post(instance + ":retry");
        HttpResponse<String> cancelled = node.post(instance + ":cancel", "{}");
        HttpResponse<String> tooLate = node.post(instance + ":suspend");

        assertThat(code(tooEarly)).isEqualTo("instance-not-suspended");
        assertThat(json(suspended).get("status").textValue()).isEqualTo("suspended");
        assertThat(json(resumed).get("status").textValue()).isNotEqualTo("suspended");
        assertThat(code(notFaulted)).isEqualTo("instance-not-faulted");
        assertThat(json(cancelled).get("status").textValue()).isEqualTo("cancelled");
        assertThat(code(tooLate)).isEqualTo("instance-closed");
    }

    @Test
    void retriesAFaultedInstance() {
        String instance = "/api/v1/instances/" + node.start("failer");

        JsonNode faulted = json(node.get(instance + "/result?wait=PT30S"));
        HttpResponse<String> retried = node.post(instance + ":retry");

        assertThat(faulted.get("status").textValue()).isEqualTo("faulted");
        assertThat(faulted.at("/error/title").textValue()).isEqualTo("Broken");
        assertThat(retried.statusCode()).isEqualTo(200);
    }

    @Test
    void answersThatAnInstanceIsNotYetClosed() {
        String id = node.start("waiter");

        assertThat(node.get("/api/v1/instances/" + id + "/result").statusCode()).isEqualTo(202);
        assertThat(node.get("/api/v1/instances/" + id + "/result?wait=PT0.1S").statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/history", "/activations", "/result", "/events"})
    void knowsNoUnknownInstance(String below) {
        HttpResponse<String> answer = node.get("/api/v1/instances/" + UUID.randomUUID() + below);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(code(answer)).isEqualTo("instance-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "suspend", "resume", "retry"})
    void actsOnNoUnknownInstance(String verb) {
        assertThat(code(node.post("/api/v1/instances/" + UUID.randomUUID() + ":" + verb)))
                .isEqualTo("instance-not-found");
    }

    @Test
    void readsTheHistoryByPageAndTheSteps() {
        String instance = "/api/v1/instances/" + node.start("echo");
        node.get(instance + "/result?wait=PT30S");

        JsonNode whole = json(node.get(instance + "/history"));
        JsonNode first = json(node.get(instance + "/history?pageSize=1"));
        JsonNode second = json(node.get(instance + "/history?pageSize=1&pageToken="
                + first.get("nextPageToken").textValue()));
        JsonNode activations = json(node.get(instance + "/activations"));

        assertThat(whole.has("nextPageToken")).isFalse();
        assertThat(first.get("events").get(0)).isEqualTo(whole.get("events").get(0));
        assertThat(second.get("events").get(0)).isEqualTo(whole.get("events").get(1));
        assertThat(json(node.get(instance + "/history?afterSequence=1")).get("events"))
                .hasSize(whole.get("events").size() - 1);
        assertThat(activations.at("/activations/0/name").textValue()).isEqualTo("keep");
        assertThat(activations.at("/activations/0/state").textValue()).isEqualTo("completed");
    }

    @Test
    void streamsChangesUntilTheInstanceIsClosed() throws Exception {
        String id = node.start("waiter");
        awaitStatus(id, "waiting");

        HttpResponse<java.util.stream.Stream<String>> stream = node.client()
                .send(
                        node.request("/api/v1/instances/" + id + "/events")
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        Iterator<String> lines = stream.body().iterator();
        JsonNode first = nextChange(lines);
        node.post("/api/v1/instances/" + id + ":cancel");
        JsonNode change = nextChange(lines);
        while (!change.at("/instance/status").textValue().equals("cancelled")) {
            change = nextChange(lines);
        }
        List<String> rest = new ArrayList<>();
        lines.forEachRemaining(rest::add);

        assertThat(first.at("/instance/status").textValue()).isEqualTo("waiting");
        assertThat(node.described().violations("InstanceView", first)).isEmpty();
        assertThat(rest).contains("event: closed");
        assertThat(stream.headers().firstValue("content-type")).hasValue("text/event-stream");
    }

    @Test
    void releasesWhatWaitsForACallerThatLeaves() {
        UUID id = UUID.fromString(node.start("waiter"));
        HttpRequest request =
                node.request("/api/v1/instances/" + id + "/result?wait=PT60S").build();
        CompletableFuture<HttpResponse<String>> waiting =
                node.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
        await(() -> node.services().commits().isWanted(id, null, true));

        waiting.cancel(true);

        await(() -> !node.services().commits().isWanted(id, null, true));
    }

    @Test
    void releasesTheWatchOfAStreamThatItsReaderLeaves() throws Exception {
        UUID id = UUID.fromString(node.start("waiter"));
        HttpResponse<java.util.stream.Stream<String>> stream = node.client()
                .send(node.request("/api/v1/instances/" + id + "/events").build(), HttpResponse.BodyHandlers.ofLines());
        await(() -> node.services().commits().isWanted(id, null, true));

        stream.body().close();

        await(() -> !node.services().commits().isWanted(id, null, true));
    }

    @Test
    void handsOutJobsAndTakesTheirResults() {
        node.postYaml("/api/v1/definitions", TestingNode.CALLER);
        String instance = "/api/v1/instances/" + node.start("caller");

        JsonNode jobs = json(
                node.post("/api/v1/jobs:activate", "{\"types\":[\"brew\"],\"worker\":\"curl\",\"wait\":\"PT20S\"}"));
        String job = "/api/v1/jobs/" + jobs.at("/jobs/0/id").textValue();
        HttpResponse<String> beating = node.post(job + ":heartbeat", "{\"progress\":0.50}");
        JsonNode workers = json(node.get("/api/v1/workers")).get("workers");
        HttpResponse<String> completed = node.post(job + ":complete", "{\"output\":{\"cups\":1.10}}");
        HttpResponse<String> again = node.post(job + ":fail", "{\"error\":{\"title\":\"late\"}}");

        assertThat(beating.statusCode()).isEqualTo(200);
        assertThat(workers.findValuesAsText("name")).contains("curl");
        assertThat(completed.statusCode()).isEqualTo(200);
        assertThat(code(again)).isEqualTo("job-not-held");
        assertThat(node.get(instance + "/result?wait=PT30S").body()).contains("\"output\":{\"cups\":1.10}");
    }

    @Test
    void showsWhoServesAndWorks() {
        assertThat(json(node.get("/api/v1/cluster")).get("nodes")).hasSize(1);
        assertThat(json(node.get("/api/v1/workers")).get("workers").isArray()).isTrue();
        assertThat(node.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(node.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(node.get("/metrics").body()).contains("# TYPE");
    }

    private static JsonNode nextChange(Iterator<String> lines) throws Exception {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data: ") && line.contains("\"instance\"")) {
                return Json.read(line.substring("data: ".length()));
            }
        }
        throw new AssertionError("Expected another change, but the stream ended");
    }

    private static void awaitStatus(String id, String status) {
        await(() -> json(node.get("/api/v1/instances/" + id))
                .get("status")
                .textValue()
                .equals(status));
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer).path("code").asText("no code in " + answer.body());
    }
}
