package io.orquestrax.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.InputOptions;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts an instance of a schedule's definition now. */
@Command(
        name = "trigger",
        header = "Start an instance now; the schedule's own times stay as they are.",
        description = "Prints the new instance's id. A paused schedule can be triggered, too.",
        footer = {
            "  orquestrax schedules trigger shop/report",
            "  orquestrax watch $(orquestrax schedules trigger shop/report --input @day.json)"
        })
final class TriggerCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAMESPACE/NAME", description = "The definition.")
    private String definition;

    @Mixin
    private InputOptions input;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    TriggerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode request = Json.NODES.objectNode();
        request.set("input", input.read(terminal));
        JsonNode instance =
                server.connect(terminal).post(OneSchedule.route(definition).action("trigger"), request);
        if (output.json()) {
            OutputOptions.printJson(terminal, instance);
        } else {
            terminal.out().println(instance.path("id").asText());
        }
        return ExitCode.OK;
    }
}
