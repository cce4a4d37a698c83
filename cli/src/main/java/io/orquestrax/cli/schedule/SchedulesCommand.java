package io.orquestrax.cli.schedule;

import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;

/** Looks at schedules and acts on them; by itself it lists them. */
@Command(
        name = "schedules",
        header = "Look at what starts instances by itself; pause, resume and trigger it.",
        description = "Without a subcommand: lists every schedule with its next start.",
        footer = {
            "  orquestrax schedules",
            "  orquestrax schedules show shop/report",
            "  orquestrax schedules pause shop/report",
            "  orquestrax schedules trigger shop/report --input '{\"day\": \"2026-01-31\"}'"
        })
public final class SchedulesCommand extends ScheduleListing {

    public SchedulesCommand(Terminal terminal) {
        super(terminal);
    }

    /** What may stand behind it. */
    public static List<Object> subcommands(Terminal terminal) {
        return List.of(
                new Listing(terminal),
                new ShowScheduleCommand(terminal),
                new ScheduleChanges.Pause(terminal),
                new ScheduleChanges.Resume(terminal),
                new TriggerCommand(terminal));
    }

    @Command(
            name = "list",
            header = "List the schedules with their next start.",
            footer = {
                "  orquestrax schedules list --namespace shop",
                "  orquestrax schedules list --all --output json | jq -r 'select(.paused) | .definition.name'"
            })
    private static final class Listing extends ScheduleListing {
        Listing(Terminal terminal) {
            super(terminal);
        }
    }
}
