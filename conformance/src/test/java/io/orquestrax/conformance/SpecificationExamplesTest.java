package io.orquestrax.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.conformance.Runtime.Mode;
import io.orquestrax.conformance.StandIn.Answer;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The specification's examples do what specification-examples.yaml says of them. */
class SpecificationExamplesTest {
    private static final Path EXAMPLES = Project.file("../shared/spec/examples");
    private static final Path INVALID = Project.file("../shared/spec/invalid");
    private static final JsonNode SCRIPTS = Yaml.read(resource("specification-examples.yaml"));
    private static final JsonNode LOGGER = Yaml.read("""
            logger:
              extend: all
              before: [ { begins: { set: '${ "begins " + $task.name }' } } ]
              after: [ { ends: { set: '${ "ends " + $task.name }' } } ]
            """);
    private static final JsonNode MOCK = Yaml.read("""
            mock:
              extend: all
              when: $task.call != null or $task.run != null
              before: [ { answer: { set: { mocked: true }, then: exit } } ]
            """);
    private static final AtomicInteger EXTENDED = new AtomicInteger();
    private static Runtime runtime;

    @BeforeAll
    static void start() {
        runtime = new Runtime(Mode.REMEMBERS);
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        return files(EXAMPLES).stream()
                .map(file -> DynamicTest.dynamicTest(
                        String.valueOf(file.getFileName()),
                        () -> run(file, SCRIPTS.path(file.getFileName().toString()))));
    }

    @Test
    void listsEveryExampleOnce() throws IOException {
        List<String> names = files(EXAMPLES).stream()
                .map(file -> file.getFileName().toString())
                .toList();
        List<String> listed = new ArrayList<>();
        SCRIPTS.fieldNames().forEachRemaining(listed::add);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(names);
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsInvalid() throws IOException {
        Map<String, List<String>> mistakes = Map.of(
                "extra-property-in-call.yaml", List.of("unknown-property"),
                "listen-any-until-any-until.yaml", List.of("duplicate-key", "invalid-value"),
                "two-tasks-in-one-item.yaml", List.of("one-task-per-item"));
        List<Path> files = files(INVALID);
        assertThat(files).hasSize(mistakes.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                    try (Play play = new Play(runtime)) {
                        play.give(Files.readString(file));
                        assertThat(play.deploy().status()).isEqualTo(422);
                        assertThat(play.deployment().path("violations").findValuesAsText("code"))
                                .isEqualTo(mistakes.get(file.getFileName().toString()));
                    }
                }));
    }

    /** As a logger would stand around each of them. */
    @TestFactory
    Stream<DynamicTest> examplesWithTasksAroundEachTask() throws IOException {
        return files(EXAMPLES).stream()
                .filter(file -> SCRIPTS.path(file.getFileName().toString()).has("completes"))
                // Its container keeps the one name that there is.
                .filter(file -> !file.endsWith("run-container-with-name.yaml"))
                .map(file -> DynamicTest.dynamicTest(
                        String.valueOf(file.getFileName()),
                        () -> run(
                                extended(Files.readString(file), LOGGER),
                                SCRIPTS.path(file.getFileName().toString()))));
    }

    /** Each is one call, or one run, which is not made. */
    @TestFactory
    Stream<DynamicTest> examplesWithAMockInPlaceOfTheirTask() {
        return Stream.of(
                        "call-asyncapi-publish.yaml",
                        "call-grpc.yaml",
                        "call-http-query-parameters.yaml",
                        "call-mcp.yaml",
                        "call-openapi.yaml",
                        "run-container.yaml",
                        "run-script-with-stdin-and-arguments.yaml",
                        "run-shell-stdin-and-arguments.yaml")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    run(
                            extended(Files.readString(EXAMPLES.resolve(name)), MOCK),
                            Yaml.read("{ input: { pet: {}, searchQuery: luke }, completes: { mocked: true } }"));
                    assertThat(runtime.services().received()).isEmpty();
                }));
    }

    /** The example's own call goes to another host than the one that it mocks, and its endpoint is no text. */
    @Test
    void theMockedServiceIsNotCalled() throws Exception {
        String example = Files.readString(EXAMPLES.resolve("mock-service-extension.yaml"));
        String mocked = example.replaceAll(
                "endpoint:\\s+uri: https://fake.com/sample", "endpoint: https://mocked.service.com/sample");
        assertThat(mocked).isNotEqualTo(example);

        run(
                mocked,
                Yaml.read("{ completes: { statusCode: 200, headers: { Content-Type: application/json },"
                        + " content: { foo: { bar: baz } } } }"));

        assertThat(runtime.services().received()).isEmpty();
    }

    /** The document with one extension more, inside of its own, in a namespace of its own. */
    private static String extended(String document, JsonNode extension) {
        ObjectNode root = (ObjectNode) Yaml.read(document);
        root.withObject("/document").put("namespace", "extended-" + EXTENDED.incrementAndGet());
        root.withObject("/use").withArray("extensions").add(extension);
        return Json.write(root);
    }

    private static void run(Path file, JsonNode script) throws Exception {
        run(Files.readString(file), script);
    }

    private static void run(String document, JsonNode script) throws Exception {
        // Those that take any event must not see the events of the others.
        boolean alone = script.has("events") || script.has("started-by");
        Runtime own = alone ? new Runtime(Mode.REMEMBERS) : runtime;
        try (Play play = new Play(own)) {
            play.give(document);
            prepare(script, play);
            execute(script, play);
            assertOutcome(script, play);
        } finally {
            if (alone) {
                own.close();
            }
        }
    }

    private static void prepare(JsonNode script, Play play) {
        if (script.has("input")) {
            play.giveInput(script.get("input"));
        }
        if (script.has("other")) {
            play.giveAnother(Json.write(script.get("other")));
        }
        script.path("secrets")
                .properties()
                .forEach(secret -> play.runtime().secret(secret.getKey(), Json.write(secret.getValue())));
        script.path("service").properties().forEach(each -> {
            JsonNode answer = each.getValue();
            Map<String, String> headers = new LinkedHashMap<>();
            answer.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            int status = answer.path("status").asInt(200);
            play.runtime()
                    .services()
                    .answer(
                            each.getKey(),
                            answer.has("body")
                                    ? StandIn.json(status, answer.get("body"))
                                    : new Answer(
                                            status, headers, answer.path("text").asText()));
        });
    }

    private static void execute(JsonNode script, Play play) throws Exception {
        if (script.has("started-by")) {
            play.deploy().expect(201);
            play.publish(script.get("started-by"));
            play.adopt();
            return;
        }
        play.start();
        if (script.has("events")) {
            play.awaitStatus("waiting");
            play.publish(script.get("events"));
        }
    }

    private static void assertOutcome(JsonNode script, Play play) throws Exception {
        if (script.path("waits").asBoolean()) {
            play.awaitStatus("waiting");
            return;
        }
        if (script.has("runs")) {
            int count = script.path("runs").path("times").asInt();
            String name = script.path("runs").path("task").asText();
            Waiting.until(
                    name + " " + count + " times",
                    () -> play.ran().stream().filter(name::equals).count() >= count);
            assertThat(play.instance().path("status").asText()).isIn("running", "waiting");
            return;
        }
        for (Map.Entry<String, JsonNode> each : script.path("receives").properties()) {
            Waiting.until(
                    "a request " + each.getKey(),
                    () -> play.runtime().services().received().stream()
                            .anyMatch(request -> request.request().equals(each.getKey())
                                    && Yaml.isEqual(each.getValue(), Yaml.read(request.body()))));
            return;
        }
        JsonNode result = play.result();
        for (Map.Entry<String, JsonNode> each : script.path("received").properties()) {
            assertThat(play.runtime().services().received())
                    .anyMatch(request -> request.request().equals(each.getKey())
                            && each.getValue().properties().stream()
                                    .allMatch(header -> request.headers()
                                            .getOrDefault(header.getKey(), List.of())
                                            .contains(header.getValue().asText())));
        }
        assertThat(isAsExpected(script, result)).as("%s of %s", script, result).isTrue();
    }

    private static boolean isAsExpected(JsonNode script, JsonNode result) {
        JsonNode output = result.path("output");
        if (script.has("faults")) {
            return Yaml.contains(script.get("faults"), result.path("error"));
        }
        if (script.has("contains")) {
            return Yaml.contains(script.get("contains"), output);
        }
        if (script.has("contains-items")) {
            JsonNode items = script.get("contains-items");
            boolean all = items.size() == output.size();
            for (int index = 0; all && index < items.size(); index++) {
                all = Yaml.contains(items.get(index), output.get(index));
            }
            return all;
        }
        return Yaml.isEqual(script.path("completes"), output);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(SpecificationExamplesTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
