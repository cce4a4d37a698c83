package io.orquestrax.cli.event;

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

/** Lists events, under whichever name. */
abstract class EventListing implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--type", description = "Only of this type, as a whole.")
    private String type = "";

    @Option(names = "--source", description = "Only of this source, as a whole.")
    private String source = "";

    @Mixin
    private PageOptions paging;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    EventListing(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        Table table = new Table("POSITION", "STATE", "TYPE", "SOURCE", "SUBJECT", "RECEIVED", "OUTCOME");
        boolean more = Pages.each(
                server.connect(terminal),
                () -> Route.of("events").with("type", type).with("source", source),
                "events",
                paging.limit(),
                item -> show(table, item));
        if (output.json()) {
            return ExitCode.OK;
        }
        if (table.isEmpty()) {
            terminal.out().println("No event matches. Publish one:  orquestrax publish --type TYPE --source SOURCE");
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
        ReceivedEventView event = new ReceivedEventView(item);
        Instant now = terminal.clock().instant();
        table.add(
                event.position(),
                event.state(terminal.outStyle()),
                event.text("type"),
                event.text("source"),
                event.text("subject"),
                event.received(now),
                event.outcome(now));
    }
}
