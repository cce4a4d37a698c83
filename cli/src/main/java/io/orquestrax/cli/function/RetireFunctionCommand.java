package io.orquestrax.cli.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps new definitions from calling a function. */
@Command(
        name = "retire",
        header = "Keep new definitions from calling a function.",
        description =
                "Definitions that are deployed keep their copy of it and go on. Deploying the same once more puts it"
                        + " back.",
        footer = {"  orquestrax functions retire log 1.0.0"})
final class RetireFunctionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private FunctionReference reference;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    RetireFunctionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode function = server.connect(terminal).post(reference.route().action("retire"), Json.NODES.objectNode());
        if (output.json()) {
            OutputOptions.printJson(terminal, function);
        } else {
            terminal.out().println(reference + "  " + FunctionListing.state(terminal, function));
        }
        return ExitCode.OK;
    }
}
