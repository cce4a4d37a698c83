package io.orquestrax.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.PageOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Pages;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists schedules, under whichever name. */
abstract class ScheduleListing implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--namespace", description = "Only of this namespace.")
    private String namespace = "";

    @Option(names = "--name", description = "Only of definitions of this name.")
    private String name = "";

    @Mixin
    private PageOptions paging;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    ScheduleListing(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        Table table = new Table("DEFINITION", "TRIGGER", "NEXT", "LAST", "RUNS");
        boolean more = Pages.each(
                server.connect(terminal),
                () -> Route.of("schedules").with("namespace", namespace).with("name", name),
                "schedules",
                paging.limit(),
                item -> show(table, item));
        if (output.json()) {
            return ExitCode.OK;
        }
        if (table.isEmpty()) {
            terminal.out().println("Nothing starts by itself. A definition says when in its \"schedule\".");
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
        ScheduleView schedule = new ScheduleView(item);
        Instant now = terminal.clock().instant();
        table.add(
                schedule.definition().text(),
                schedule.description(),
                schedule.next(terminal.outStyle(), now),
                schedule.last(now),
                item.path("firedCount").asText("0"));
    }
}
