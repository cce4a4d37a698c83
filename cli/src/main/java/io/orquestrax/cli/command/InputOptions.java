package io.orquestrax.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The input of a new instance. */
public final class InputOptions {

    @Option(
            names = {"-i", "--input"},
            paramLabel = "JSON|@FILE|-",
            description = "JSON text, @ and a file that holds it, or - for standard input. Default: {}.")
    private String input = "{}";

    public JsonNode read(Terminal terminal) {
        String source = input.equals("-") ? "standard input" : input.startsWith("@") ? input.substring(1) : "--input";
        try {
            return Json.read(bytes(terminal));
        } catch (JsonProcessingException malformed) {
            throw CommandFailure.usage("Expected JSON in " + source + ", but at "
                    + malformed.getLocation().getLineNr() + ":"
                    + malformed.getLocation().getColumnNr() + " " + Json.reason(malformed));
        } catch (IOException unreadable) {
            throw CommandFailure.usage("Expected JSON in " + source + ", but it cannot be read: " + unreadable);
        }
    }

    private byte[] bytes(Terminal terminal) throws IOException {
        if (input.equals("-")) {
            return terminal.in().readAllBytes();
        }
        return input.startsWith("@")
                ? Files.readAllBytes(Path.of(input.substring(1)))
                : input.getBytes(StandardCharsets.UTF_8);
    }
}
