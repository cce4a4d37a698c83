package io.orquestrax.cli.event;

import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;

/** Looks at the events that are kept; by itself it lists them. */
@Command(
        name = "events",
        header = "Look at the events that came in, and what became of each.",
        description = "Without a subcommand: lists the events that are kept, newest first.",
        footer = {
            "  orquestrax events",
            "  orquestrax events --type com.example.order.paid --source /shop",
            "  orquestrax events show 42",
            "  orquestrax publish --type com.example.order.paid --source /shop"
        })
public final class EventsCommand extends EventListing {

    public EventsCommand(Terminal terminal) {
        super(terminal);
    }

    /** What may stand behind it. */
    public static List<Object> subcommands(Terminal terminal) {
        return List.of(new Listing(terminal), new ShowEventCommand(terminal));
    }

    @Command(
            name = "list",
            header = "List the events that are kept, newest first.",
            footer = {
                "  orquestrax events list --type com.example.order.paid",
                "  orquestrax events list --all --output json | jq -r 'select(.state == \"waiting\") | .id'"
            })
    private static final class Listing extends EventListing {
        Listing(Terminal terminal) {
            super(terminal);
        }
    }
}
