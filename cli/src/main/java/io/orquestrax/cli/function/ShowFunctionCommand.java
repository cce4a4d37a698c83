package io.orquestrax.cli.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the source of a function. */
@Command(
        name = "show",
        header = "Show a function as it was deployed.",
        footer = {"  orquestrax functions show log 1.0.0"})
final class ShowFunctionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private FunctionReference reference;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    ShowFunctionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode function = server.connect(terminal).get(reference.route());
        if (output.json()) {
            OutputOptions.printJson(terminal, function);
        } else {
            String source = function.path("source").asText();
            terminal.out().print(source.endsWith("\n") ? source : source + "\n");
        }
        return ExitCode.OK;
    }
}
