package io.orquestrax.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import picocli.CommandLine.Option;

/** How a command answers. */
public final class OutputOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default) or json: the shapes of the REST API; lists are one document a line.")
    private OutputFormat format = OutputFormat.text;

    @Option(names = "--debug", description = "Show where an unexpected error comes from.")
    private boolean debug;

    public boolean json() {
        return format == OutputFormat.json;
    }

    public boolean debug() {
        return debug;
    }

    /** One line. */
    public static void printJson(Terminal terminal, JsonNode document) {
        terminal.out().println(Json.write(document));
    }
}
