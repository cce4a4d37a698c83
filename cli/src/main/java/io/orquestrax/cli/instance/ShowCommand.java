package io.orquestrax.cli.instance;

import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one instance and its steps. */
@Command(
        name = "show",
        header = "Show one instance and its steps.",
        footer = {
            "  orquestrax show 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11",
            "  orquestrax show 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --output json | jq .error"
        })
public final class ShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The instance's id.")
    private String id;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RestApi api = server.connect(terminal);
        InstanceView instance = new InstanceView(api.get(Route.of("instances", id)));
        if (output.json()) {
            OutputOptions.printJson(terminal, instance.json());
            return ExitCode.OK;
        }
        Instant now = terminal.clock().instant();
        instance.lines(terminal.outStyle(), now).forEach(terminal.out()::println);
        List<String> steps = new ProgressView(terminal.outStyle())
                .lines(api.get(Route.of("instances", id, "activations")).path("activations"), now);
        if (!steps.isEmpty()) {
            terminal.out().println();
            steps.forEach(step -> terminal.out().println("  " + step));
        }
        return ExitCode.OK;
    }
}
