package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands that change instances: they differ in name and help only. */
public final class ActionCommands {

    private ActionCommands() {}

    public static List<Object> all(Terminal terminal) {
        return List.of(new Cancel(terminal), new Suspend(terminal), new Resume(terminal), new Retry(terminal));
    }

    @Command(
            name = "cancel",
            header = "Cancel instances: they end now, and their running jobs are told to stop.",
            footer = {
                "  orquestrax cancel 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --reason 'ordered twice'",
                "  orquestrax list --status waiting --name order --all --output json | jq -r .id \\",
                "    | xargs orquestrax cancel --reason 'shop closed'"
            })
    private static final class Cancel extends Action {
        Cancel(Terminal terminal) {
            super(terminal, "cancel");
        }
    }

    @Command(
            name = "suspend",
            header = "Suspend instances: jobs that run are finished, no step begins until they are resumed.",
            footer = "  orquestrax suspend 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --reason 'partner is down'")
    private static final class Suspend extends Action {
        Suspend(Terminal terminal) {
            super(terminal, "suspend");
        }
    }

    @Command(
            name = "resume",
            header = "Resume suspended instances.",
            footer = "  orquestrax resume 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11")
    private static final class Resume extends Action {
        Resume(Terminal terminal) {
            super(terminal, "resume");
        }
    }

    @Command(
            name = "retry",
            header = "Run faulted instances again, from the task that failed.",
            footer = {
                "  orquestrax retry 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --reason 'fixed the mail server'",
                "  orquestrax list --status faulted --all --output json | jq -r .id | xargs orquestrax retry"
            })
    private static final class Retry extends Action {
        Retry(Terminal terminal) {
            super(terminal, "retry");
        }
    }

    /** Posts the action for each id, in order, and stops at the first that is refused. */
    private abstract static class Action implements Callable<Integer> {
        private final Terminal terminal;
        private final String action;

        @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of instances.")
        private List<String> ids;

        @Option(
                names = {"-r", "--reason"},
                description = "Why; stands in the history.")
        private @Nullable String reason;

        @Mixin
        private ServerOptions server;

        @Mixin
        private OutputOptions output;

        Action(Terminal terminal, String action) {
            this.terminal = terminal;
            this.action = action;
        }

        @Override
        public Integer call() {
            ObjectNode request = Json.NODES.objectNode();
            if (reason != null) {
                request.put("reason", reason);
            }
            RestApi api = server.connect(terminal);
            for (String id : ids) {
                JsonNode answer = api.post(Route.of("instances", id).action(action), request);
                if (output.json()) {
                    OutputOptions.printJson(terminal, answer);
                } else {
                    terminal.out()
                            .println(id + "  "
                                    + terminal.outStyle()
                                            .state(answer.path("status").asText()));
                }
            }
            return ExitCode.OK;
        }
    }
}
