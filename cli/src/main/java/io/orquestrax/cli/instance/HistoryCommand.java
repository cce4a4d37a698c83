package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.PageOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Pages;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the events of one instance. */
@Command(
        name = "history",
        header = "List the events of one instance, oldest first.",
        footer = {
            "  orquestrax history 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --all",
            "  orquestrax history 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --data",
            "  orquestrax history 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --all --output json > history.jsonl"
        })
public final class HistoryCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The instance's id.")
    private String id;

    @Option(names = "--data", description = "Show what each event holds.")
    private boolean data;

    @Mixin
    private PageOptions paging;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public HistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Table table = new Table("#", "TIME", "EVENT", "TASK", data ? "DATA" : "");
        boolean more = Pages.each(
                server.connect(terminal),
                () -> Route.of("instances", id, "history"),
                "events",
                paging.limit(),
                event -> show(table, event));
        if (!output.json()) {
            table.print(terminal);
            if (more) {
                terminal.err().println("There are more: --limit N or --all shows them.");
            }
        }
        return ExitCode.OK;
    }

    private void show(Table table, JsonNode event) {
        if (output.json()) {
            OutputOptions.printJson(terminal, event);
            return;
        }
        int attempt = event.path("attempt").asInt(0);
        table.add(
                event.path("sequence").asText(),
                TIME.format(Instant.parse(event.path("time").asText())),
                event.path("type").asText(),
                event.path("task").asText("") + (attempt > 1 ? " (attempt " + attempt + ")" : ""),
                data ? Json.write(event.path("data")) : "");
    }
}
