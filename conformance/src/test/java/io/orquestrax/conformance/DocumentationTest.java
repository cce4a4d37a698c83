package io.orquestrax.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.conformance.Runtime.Mode;
import io.orquestrax.server.settings.Setting;
import io.orquestrax.server.settings.SettingCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each example of docs/dsl.md and docs/connectors.md does what the text below it says. */
class DocumentationTest {
    private static final String JSON = "`([^`]+)`";
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
        List<Example> examples = new ArrayList<>(Example.of(Files.readString(Project.file("docs/dsl.md"))));
        int ofTheLanguage = examples.size();
        examples.addAll(Example.of(Files.readString(Project.file("docs/connectors.md"))));
        List<DynamicTest> tests = new ArrayList<>();
        for (int index = 0; index < examples.size(); index++) {
            int number = index + 1;
            Example example = examples.get(index);
            tests.add(DynamicTest.dynamicTest(example.title(), () -> run(example, number)));
        }
        assertThat(ofTheLanguage).isPositive();
        assertThat(tests).hasSizeGreaterThan(ofTheLanguage);
        return tests.stream();
    }

    @Test
    void namesEverySettingOfConnectors() throws IOException {
        String documented = Files.readString(Project.file("docs/connectors.md"));

        assertThat(SettingCatalog.all())
                .extracting(Setting::name)
                .filteredOn(name -> name.startsWith("connectors"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(documented).contains(name));
    }

    private static void run(Example example, int number) throws Exception {
        try (Play play = new Play(runtime)) {
            prepare(example, number, play);
            List<MatchResult> refusals = example.find("refused at " + JSON);
            if (refusals.isEmpty()) {
                play.start();
                for (MatchResult event : example.find("event " + JSON)) {
                    play.awaitStatus("waiting");
                    play.publish(Yaml.read(event.group(1)));
                }
                assertOutcome(example, play);
            } else {
                assertThat(play.deploy().body().path("violations").findValuesAsText("pointer"))
                        .contains(refusals.getFirst().group(1));
            }
        }
    }

    private static void prepare(Example example, int number, Play play) {
        play.give(example.whole(number));
        example.others().forEach(play::giveAnother);
        example.find("[Ii]nput " + JSON).forEach(input -> play.giveInput(Yaml.read(input.group(1))));
        example.find("secret " + JSON + " is " + JSON)
                .forEach(secret -> runtime.secret(secret.group(1), secret.group(2)));
        example.find("service answers `([A-Z]+ [^`]+)` with " + JSON)
                .forEach(answer ->
                        runtime.services().answer(answer.group(1), StandIn.json(200, Yaml.read(answer.group(2)))));
        example.find("(?<!service )`([a-z-]+)` answers " + JSON).forEach(answer -> {
            JsonNode output = Yaml.read(answer.group(2));
            play.functions().define(answer.group(1), (input, call) -> output);
        });
        example.find("`([a-z-]+)` fails with " + JSON).forEach(answer -> {
            JsonNode error = Yaml.read(answer.group(2));
            play.functions().define(answer.group(1), (input, call) -> {
                throw Functions.failure(error);
            });
        });
    }

    private static void assertOutcome(Example example, Play play) throws Exception {
        List<MatchResult> completes = example.find("completes with " + JSON);
        List<MatchResult> faults = example.find("faults with " + JSON);
        boolean waits = !example.find("the instance waits").isEmpty();
        assertThat(completes.size() + faults.size() + (waits ? 1 : 0))
                .as("outcomes that the text below the example names")
                .isEqualTo(1);
        if (waits) {
            play.awaitStatus("waiting");
            return;
        }
        JsonNode result = play.result();
        JsonNode expected =
                Yaml.read((completes.isEmpty() ? faults : completes).getFirst().group(1));
        JsonNode actual = result.path(completes.isEmpty() ? "error" : "output");
        assertThat(completes.isEmpty() ? Yaml.contains(expected, actual) : Yaml.isEqual(expected, actual))
                .as("Expected %s, but found %s", expected, result)
                .isTrue();
    }
}
