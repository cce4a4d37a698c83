package io.orquestrax.conformance;

import io.orquestrax.store.Waiting;

/** What happens in a scenario. */
final class WhenSteps {
    private WhenSteps() {}

    static void write(StepBook book) {
        book.on("the workflow is executed", (play, words, text) -> {
            play.start();
            play.result();
        });
        book.on("the workflow is started", (play, words, text) -> play.start());
        book.on("the workflow is deployed", (play, words, text) -> {
            play.deploy();
            play.serveFunctions();
        });
        book.on("the workflow waits", (play, words, text) -> play.awaitStatus("waiting"));
        book.on("the workflow ends", (play, words, text) -> play.result());
        book.on(
                "the workflow is (cancel|suspend|resume|retr)(?:led|ed|d|ied)",
                (play, words, text) -> play.act(words.group(1).equals("retr") ? "retry" : words.group(1)));
        book.on(
                "the workflow '([^']+)' is (cancel|suspend|resume|retr)(?:led|ed|d|ied)",
                (play, words, text) ->
                        play.actOnChild(words.group(1), words.group(2).equals("retr") ? "retry" : words.group(2)));
        book.on("the runtime restarts", (play, words, text) -> play.runtime().restart());
        book.on("the events? (?:is|are) published:", (play, words, text) -> play.publish(Yaml.read(text)));
        book.on(
                "the function '([^']+)' is called",
                (play, words, text) -> Waiting.until(
                        "a call of " + words.group(1),
                        () -> !play.functions().calls(words.group(1)).isEmpty()));
        book.on(
                "the function '([^']+)' is called (\\d+) times",
                (play, words, text) -> Waiting.until(
                        words.group(2) + " calls of " + words.group(1),
                        () -> play.functions().calls(words.group(1)).size() >= Integer.parseInt(words.group(2))));
        book.on(
                "the function '([^']+)' returns:",
                (play, words, text) -> play.functions().told(words.group(1)).returns(Yaml.read(text)));
        book.on(
                "the function '([^']+)' fails with error:",
                (play, words, text) -> play.functions().told(words.group(1)).fails(Yaml.read(text)));
        book.on(
                "the task '([^']+)' has run (\\d+) times",
                (play, words, text) -> Waiting.until(
                        words.group(2) + " runs of " + words.group(1),
                        () -> play.ran().stream().filter(words.group(1)::equals).count()
                                >= Integer.parseInt(words.group(2))));
        book.on("the workflow '([^']+)' has (started|completed|faulted|waited)", (play, words, text) -> {
            String status = words.group(2).equals("waited") ? "waiting" : words.group(2);
            Waiting.until(
                    "an instance of " + words.group(1),
                    () -> status.equals("started")
                            ? play.child(words.group(1)).has("id")
                            : play.child(words.group(1)).path("status").asText().equals(status));
        });
    }
}
