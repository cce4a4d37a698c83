package io.orquestrax.cli.schedule;

import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The subcommands that change schedules: they differ in name and help only. */
final class ScheduleChanges {

    private ScheduleChanges() {}

    @Command(
            name = "pause",
            header = "Pause schedules: nothing starts by itself until they are resumed.",
            description = "Times and events that fall into the pause are not made up for.",
            footer = "  orquestrax schedules pause shop/report shop/cleanup")
    static final class Pause extends Change {
        Pause(Terminal terminal) {
            super(terminal, "pause");
        }
    }

    @Command(
            name = "resume",
            header = "Resume paused schedules: they go on with what is to come.",
            footer = "  orquestrax schedules resume shop/report")
    static final class Resume extends Change {
        Resume(Terminal terminal) {
            super(terminal, "resume");
        }
    }

    /** Posts the action for each definition, in order, and stops at the first that is refused. */
    private abstract static class Change implements Callable<Integer> {
        private final Terminal terminal;
        private final String action;

        @Parameters(arity = "1..*", paramLabel = "NAMESPACE/NAME", description = "Definitions.")
        private List<String> definitions;

        @Mixin
        private ServerOptions server;

        @Mixin
        private OutputOptions output;

        Change(Terminal terminal, String action) {
            this.terminal = terminal;
            this.action = action;
        }

        @Override
        public Integer call() {
            RestApi api = server.connect(terminal);
            for (String definition : definitions) {
                OneSchedule.print(
                        terminal,
                        output,
                        api.post(OneSchedule.route(definition).action(action), Json.NODES.objectNode()));
            }
            return ExitCode.OK;
        }
    }
}
