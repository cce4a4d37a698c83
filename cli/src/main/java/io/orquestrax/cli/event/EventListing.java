package io.orquestrax.cli.event;

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

/** Lists events, under whichever name. */
abstract class EventListing implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--type", description = "Only of this type, as a whole.")
    private String type = "";

    @Option(names = "--source", description = "Only of this source, as a whole.")
    private String source = "";

    @Mixin
    private ListOptions listing;

    EventListing(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        return listing.print(
                terminal,
                "events",
                () -> Route.of("events").with("type", type).with("source", source),
                new Table("POSITION", "STATE", "TYPE", "SOURCE", "SUBJECT", "RECEIVED", "OUTCOME"),
                this::cells,
                "No event matches. Publish one:  orquestrax publish --type TYPE --source SOURCE");
    }

    private List<String> cells(JsonNode item) {
        ReceivedEventView event = new ReceivedEventView(item);
        Instant now = terminal.clock().instant();
        return List.of(
                event.position(),
                event.state(terminal.outStyle()),
                event.text("type"),
                event.text("source"),
                event.text("subject"),
                event.received(now),
                event.outcome(now));
    }
}
