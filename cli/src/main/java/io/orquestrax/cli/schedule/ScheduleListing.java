package io.orquestrax.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ListOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import java.time.Instant;
import java.util.List;
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
    private ListOptions listing;

    ScheduleListing(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        return listing.print(
                terminal,
                "schedules",
                () -> Route.of("schedules").with("namespace", namespace).with("name", name),
                new Table("DEFINITION", "TRIGGER", "NEXT", "LAST", "RUNS"),
                this::cells,
                "Nothing starts by itself. A definition says when in its \"schedule\".");
    }

    private List<String> cells(JsonNode item) {
        ScheduleView schedule = new ScheduleView(item);
        Instant now = terminal.clock().instant();
        return List.of(
                schedule.definition().text(),
                schedule.description(),
                schedule.next(terminal.outStyle(), now),
                schedule.last(now),
                item.path("firedCount").asText("0"));
    }
}
