package io.orquestrax.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Waiting;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must be so in the end. */
final class ThenSteps {
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private ThenSteps() {}

    static void write(StepBook book) {
        book.on("the workflow should complete", (play, words, text) -> ended(play, "completed"));
        book.on("the workflow should be cancelled", (play, words, text) -> ended(play, "cancelled"));
        book.on("the workflow should fault", (play, words, text) -> ended(play, "faulted"));
        book.on(
                "the workflow should be (waiting|running|suspended)",
                (play, words, text) -> play.awaitStatus(words.group(1)));
        book.on(
                "the workflow should complete with output:",
                (play, words, text) ->
                        assertEqual(Yaml.read(text), ended(play, "completed").path("output")));
        book.on(
                "the workflow should complete with output written as:",
                (play, words, text) -> assertThat(
                                Json.write(ended(play, "completed").path("output")))
                        .isEqualTo(text.strip()));
        book.on(
                "the workflow should fault with error:",
                (play, words, text) ->
                        assertContains(Yaml.read(text), ended(play, "faulted").path("error")));
        book.on("the workflow output should have properties (.+)", (play, words, text) -> {
            JsonNode output = play.result().path("output");
            Matcher names = QUOTED.matcher(words.group(1));
            while (names.find()) {
                assertThat(Yaml.at(output, names.group(1)).isMissingNode())
                        .as("the property %s is missing in %s", names.group(1), output)
                        .isFalse();
            }
        });
        book.on(
                "the workflow output should have an? '([^']+)' property with value:",
                (play, words, text) ->
                        assertEqual(Yaml.read(text), Yaml.at(play.result().path("output"), words.group(1))));
        book.on(
                "the workflow output should have an? '([^']+)' property containing (\\d+) items",
                (play, words, text) -> assertThat(Yaml.at(play.result().path("output"), words.group(1)))
                        .hasSize(Integer.parseInt(words.group(2))));
        book.on(
                "the workflow output should contain:",
                (play, words, text) ->
                        assertContains(Yaml.read(text), ended(play, "completed").path("output")));
        writeOrder(book);
        writeOutside(book);
    }

    private static void writeOrder(StepBook book) {
        book.on(
                "(\\w+) should run first",
                (play, words, text) -> assertThat(play.ran()).first().isEqualTo(words.group(1)));
        book.on(
                "(\\w+) should run last",
                (play, words, text) -> assertThat(play.ran()).last().isEqualTo(words.group(1)));
        book.on("(\\w+) should run after (\\w+)", (play, words, text) -> {
            List<String> ran = play.ran();
            assertThat(ran).contains(words.group(1), words.group(2));
            assertThat(ran.indexOf(words.group(1))).isGreaterThan(ran.indexOf(words.group(2)));
        });
        book.on(
                "(\\w+) should not run",
                (play, words, text) -> assertThat(play.ran()).doesNotContain(words.group(1)));
        book.on(
                "(\\w+) should run (\\d+) times",
                (play, words, text) -> assertThat(play.ran().stream()
                                .filter(words.group(1)::equals)
                                .count())
                        .isEqualTo(Long.parseLong(words.group(2))));
    }

    private static void writeOutside(StepBook book) {
        book.on(
                "the function '([^']+)' should have been called (\\d+) times",
                (play, words, text) ->
                        assertThat(play.functions().calls(words.group(1))).hasSize(Integer.parseInt(words.group(2))));
        book.on(
                "the function '([^']+)' should have been called with:",
                (play, words, text) -> assertEqual(
                        Yaml.read(text), play.functions().calls(words.group(1)).getLast()));
        book.on("the workflow '([^']+)' should (?:be )?(complete|fault|cancelled|waiting)", (play, words, text) -> {
            String status = switch (words.group(2)) {
                case "complete" -> "completed";
                case "fault" -> "faulted";
                default -> words.group(2);
            };
            Waiting.until(
                    words.group(1) + " to be " + status,
                    () -> play.child(words.group(1)).path("status").asText().equals(status));
        });
        book.on("the workflow '([^']+)' should have been started with input:", (play, words, text) -> {
            Waiting.until(
                    "an instance of " + words.group(1),
                    () -> play.child(words.group(1)).has("id"));
            String id = play.child(words.group(1)).path("id").asText();
            assertEqual(
                    Yaml.read(text),
                    play.runtime().api().get("/instances/" + id).expect(200).path("input"));
        });
        book.on(
                "the service should have received '([^']+)'",
                (play, words, text) -> assertThat(play.runtime().services().received())
                        .anyMatch(each -> each.request().equals(words.group(1))));
        book.on(
                "the service should have received '([^']+)' with body:",
                (play, words, text) -> assertThat(play.runtime().services().received())
                        .anyMatch(each -> each.request().equals(words.group(1))
                                && Yaml.isEqual(Yaml.read(text), Yaml.read(each.body()))));
        book.on(
                "the service should have received '([^']+)' with header '([^']+)': '([^']*)'",
                (play, words, text) -> assertThat(play.runtime().services().received())
                        .anyMatch(each -> each.request().equals(words.group(1))
                                && each.headers().entrySet().stream()
                                        .anyMatch(header -> header.getKey().equalsIgnoreCase(words.group(2))
                                                && header.getValue().contains(words.group(3)))));
        book.on(
                "the workflow should be refused",
                (play, words, text) -> assertThat(play.deploymentStatus()).isBetween(400, 499));
        book.on("the workflow should be refused at '([^']*)'", (play, words, text) -> {
            assertThat(play.deploymentStatus()).isBetween(400, 499);
            assertThat(play.deployment().path("violations").findValuesAsText("pointer"))
                    .contains(words.group(1));
        });
        book.on(
                "the workflow should be accepted",
                (play, words, text) -> assertThat(play.deploymentStatus())
                        .as(play.deployment().toString())
                        .isBetween(200, 299));
    }

    private static JsonNode ended(Play play, String status) {
        JsonNode result = play.result();
        assertThat(result.path("status").asText())
                .as("of %s with the tasks %s", result, play.activations())
                .isEqualTo(status);
        return result;
    }

    private static void assertEqual(JsonNode expected, JsonNode actual) {
        if (!Yaml.isEqual(expected, actual)) {
            throw new AssertionError("Expected " + expected + ", but found " + actual);
        }
    }

    private static void assertContains(JsonNode expected, JsonNode actual) {
        if (!Yaml.contains(expected, actual)) {
            throw new AssertionError("Expected at least " + expected + ", but found " + actual);
        }
    }
}
