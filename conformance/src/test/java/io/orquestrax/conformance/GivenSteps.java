package io.orquestrax.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.conformance.StandIn.Answer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a scenario is given. */
final class GivenSteps {
    private GivenSteps() {}

    static void write(StepBook book) {
        book.on("a workflow with definition:", (play, words, text) -> play.give(text));
        book.on("another workflow with definition:", (play, words, text) -> play.giveAnother(text));
        book.on("the workflow input is:", (play, words, text) -> play.giveInput(Yaml.read(text)));
        book.on(
                "the secret '([^']+)' is '([^']*)'",
                (play, words, text) -> play.runtime().secret(words.group(1), words.group(2)));
        book.on(
                "the service answers '([^']+)' with status (\\d+)",
                (play, words, text) -> play.runtime()
                        .services()
                        .answer(words.group(1), new Answer(Integer.parseInt(words.group(2)), Map.of(), "")));
        book.on(
                "the service answers '([^']+)' with status (\\d+) and body:",
                (play, words, text) -> play.runtime()
                        .services()
                        .answer(words.group(1), StandIn.json(Integer.parseInt(words.group(2)), Yaml.read(text))));
        book.on(
                "the service answers '([^']+)' with status (\\d+) and header '([^']+)': '([^']*)'",
                (play, words, text) -> play.runtime()
                        .services()
                        .answer(
                                words.group(1),
                                new Answer(
                                        Integer.parseInt(words.group(2)), Map.of(words.group(3), words.group(4)), "")));
        writeFunctions(book);
    }

    private static void writeFunctions(StepBook book) {
        book.on("a function '([^']+)' that returns:", (play, words, text) -> {
            JsonNode output = Yaml.read(text);
            play.functions().define(words.group(1), (input, number) -> output);
        });
        book.on(
                "a function '([^']+)' that returns its input",
                (play, words, text) -> play.functions().define(words.group(1), (input, number) -> input));
        book.on("a function '([^']+)' that fails with error:", (play, words, text) -> {
            JsonNode error = Yaml.read(text);
            play.functions().define(words.group(1), (input, number) -> {
                throw Functions.failure(error);
            });
        });
        book.on(
                "a function '([^']+)' that returns its input after failing (\\d+) times with error:",
                (play, words, text) -> {
                    JsonNode error = Yaml.read(text);
                    int failures = Integer.parseInt(words.group(2));
                    play.functions().define(words.group(1), (input, number) -> {
                        if (number <= failures) {
                            throw Functions.failure(error);
                        }
                        return input;
                    });
                });
        book.on(
                "a function '([^']+)' that never answers",
                (play, words, text) -> play.functions()
                        .define(words.group(1), (input, number) -> new CompletableFuture<JsonNode>().get()));
        book.on(
                "a function '([^']+)' that waits to be told",
                (play, words, text) -> play.functions().define(words.group(1), new Functions.Told()));
    }
}
