package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ListOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
    private ListOptions listing;

    public HistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return listing.print(
                terminal,
                "events",
                () -> Route.of("instances", id, "history"),
                new Table("#", "TIME", "EVENT", "TASK", data ? "DATA" : ""),
                this::cells,
                "Nothing is recorded of it.");
    }

    private List<String> cells(JsonNode event) {
        int attempt = event.path("attempt").asInt(0);
        return List.of(
                event.path("sequence").asText(),
                TIME.format(Instant.parse(event.path("time").asText())),
                event.path("type").asText(),
                event.path("task").asText("") + (attempt > 1 ? " (attempt " + attempt + ")" : ""),
                data ? Json.write(event.path("data")) : "");
    }
}
