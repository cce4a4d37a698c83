package io.orquestrax.cli.schedule;

import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the schedule of one definition. */
@Command(
        name = "show",
        header = "Show a definition's schedule with its next times.",
        footer = {
            "  orquestrax schedules show shop/report",
            "  orquestrax schedules show shop/report --output json | jq -r '.upcoming[]'"
        })
final class ShowScheduleCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAMESPACE/NAME", description = "The definition.")
    private String definition;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    ShowScheduleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OneSchedule.print(terminal, output, server.connect(terminal).get(OneSchedule.route(definition)));
        return ExitCode.OK;
    }
}
