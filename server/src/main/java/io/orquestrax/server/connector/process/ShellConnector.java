package io.orquestrax.server.connector.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ReportingWork;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code run: shell} (DSL reference, Run, Shell Process).
 *
 * <p>The arguments are what the command sees as {@code $1}, {@code $2} …; they are never part of what a shell reads. A
 * command of one word is a program, and the arguments are its own.
 */
public record ShellConnector(Machine machine) implements ReportingWork {
    public static final String TYPE = "shell";

    private static final String SHELL = "/bin/sh";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void begin() {
        machine.begin();
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey, Consumer<JsonNode> progress)
            throws ConnectorFailure, InterruptedException {
        Command command = new Command(
                words(ProcessArguments.text(with.path("command"), "a command"), with.path("arguments")),
                ProcessArguments.environment(with.path("environment"), idempotencyKey),
                ProcessArguments.input(with.path("stdin")));
        return ProcessJob.in(
                        machine.limits(),
                        directory -> new Runner(machine, secrets.redaction(), progress).run(command, directory))
                .output(with.path("return").asText("stdout"), "command", secrets.redaction());
    }

    @Override
    public void close() {
        machine.close();
    }

    private static List<String> words(String command, JsonNode arguments) throws ConnectorFailure {
        List<String> words = new ArrayList<>(List.of(SHELL, "-c"));
        if (ProcessArguments.isOneWord(command)) {
            // The shell finds the program, or a command of its own, and does not read the words again.
            words.addAll(List.of("\"$@\"", "sh", command.strip()));
        } else {
            words.addAll(List.of(command, "sh"));
        }
        words.addAll(ProcessArguments.words(arguments));
        return words;
    }
}
