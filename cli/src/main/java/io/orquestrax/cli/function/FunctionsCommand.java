package io.orquestrax.cli.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.PageOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Pages;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the functions of the default catalog. */
@Command(
        name = "functions",
        header = "Look at the functions that workflows call as name:version@default, and deploy them.",
        footer = {
            "  orquestrax functions",
            "  orquestrax functions deploy log.yaml --name log --version 1.0.0",
            "  orquestrax functions show log 1.0.0"
        })
public final class FunctionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private PageOptions paging;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public FunctionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What may stand behind it. */
    public static List<Object> subcommands(Terminal terminal) {
        return List.of(new DeployFunctionCommand(terminal), new ShowFunctionCommand(terminal));
    }

    @Override
    public Integer call() {
        Table table = new Table("FUNCTION", "VERSION", "DEPLOYED");
        boolean more = Pages.each(
                server.connect(terminal),
                () -> Route.of("functions"),
                "functions",
                paging.limit(),
                item -> show(table, item));
        if (output.json()) {
            return ExitCode.OK;
        }
        if (table.isEmpty()) {
            terminal.out()
                    .println("There is no function yet: orquestrax functions deploy FILE --name NAME --version 1.0.0");
        } else {
            table.print(terminal);
        }
        if (more) {
            terminal.err().println("There are more: --limit N or --all shows them.");
        }
        return ExitCode.OK;
    }

    private void show(Table table, JsonNode item) {
        if (output.json()) {
            OutputOptions.printJson(terminal, item);
            return;
        }
        table.add(
                item.path("name").asText(),
                item.path("version").asText(),
                item.path("deployedAt").asText());
    }
}
