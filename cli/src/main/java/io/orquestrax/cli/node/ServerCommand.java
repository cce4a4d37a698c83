package io.orquestrax.cli.node;

import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.UntilSignal;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a node in this process. */
@Command(
        name = "server",
        header = "Run a node: the API, the dashboard, and the workflows themselves.",
        description = "Prints its address when it is ready. SIGTERM and SIGINT stop it cleanly: it finishes what it"
                + " has accepted, for at most drain.limit, and ends with 143 or 130 as the signal asks.",
        footer = {
            "  orquestrax server                                      own PostgreSQL, data in .orquestrax",
            "  orquestrax server --postgres postgresql://app:secret@db/orquestrax --bind 0.0.0.0",
            "  orquestrax server --port 0 --set payload.max-bytes=4MiB",
            "  ORQUESTRAX_POSTGRES_PASSWORD=secret orquestrax server --settings node.properties"
        })
public final class ServerCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private NodeOptions options;

    @Mixin
    private OutputOptions output;

    public ServerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = options.load(terminal);
        Logging.configure(settings);
        RunningNode node =
                RunningNode.start(settings, Doors.all(), line -> terminal.err().println(line + " …"));
        if (output.json()) {
            OutputOptions.printJson(
                    terminal,
                    Json.NODES.objectNode().put("address", node.address()).put("storage", node.storage()));
        } else {
            terminal.out().println("OrquestraX is ready at " + node.address() + " (data: " + node.storage() + ")");
        }
        UntilSignal.await(List.of(node));
        return ExitCode.OK;
    }
}
