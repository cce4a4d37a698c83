package io.orquestrax.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one event with its data and who took it. */
@Command(
        name = "show",
        header = "Show an event with its data and who took it.",
        footer = {"  orquestrax events show 42", "  orquestrax events show 42 --output json | jq .event.data"})
final class ShowEventCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "POSITION", description = "Where it stands in the order of arrival, as the list shows it.")
    private long position;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    ShowEventCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode answer = server.connect(terminal).get(Route.of("events", Long.toString(position)));
        if (output.json()) {
            OutputOptions.printJson(terminal, answer);
        } else {
            new ReceivedEventView(answer)
                    .lines(terminal.outStyle(), terminal.clock().instant())
                    .forEach(terminal.out()::println);
        }
        return ExitCode.OK;
    }
}
