package io.orquestrax.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.definition.DefinitionName;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.time.Instant;

/** The schedule of one definition: where it is, and how it is shown. */
final class OneSchedule {
    private OneSchedule() {}

    /** Of the definition that a person named. */
    static Route route(String definition) {
        DefinitionName name = DefinitionName.parse(definition);
        if (!name.version().isEmpty()) {
            throw CommandFailure.usage("Expected NAMESPACE/NAME, but it is \"" + definition
                    + "\": in force is the schedule of the highest version.");
        }
        return Route.of("schedules", name.namespace(), name.name());
    }

    static void print(Terminal terminal, OutputOptions output, JsonNode answer) {
        Instant now = terminal.clock().instant();
        for (JsonNode item : answer.path("schedules")) {
            if (output.json()) {
                OutputOptions.printJson(terminal, item);
            } else {
                new ScheduleView(item).lines(terminal.outStyle(), now).forEach(terminal.out()::println);
            }
        }
    }
}
