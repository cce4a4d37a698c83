package io.orquestrax.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.terminal.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the connected workers. */
@Command(
        name = "workers",
        header = "List the connected workers: what they do, and how busy they are.",
        footer = {"  orquestrax workers", "  orquestrax workers --output json | jq -r '.types[]' | sort -u"})
public final class WorkersCommand implements Callable<Integer> {
    private static final int SHORT_ID = 8;

    private final Terminal terminal;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public WorkersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode workers = server.connect(terminal).get(Route.of("workers")).path("workers");
        if (output.json()) {
            workers.forEach(worker -> OutputOptions.printJson(terminal, worker));
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "HOST", "PID", "BUSY", "CONNECTED", "NODE", "LANGUAGE", "TYPES");
        workers.forEach(worker -> add(table, worker));
        if (table.isEmpty()) {
            terminal.out().println("No worker is connected. Start one:  orquestrax worker --jar FILE");
        } else {
            table.print(terminal);
        }
        return ExitCode.OK;
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private void add(Table table, JsonNode worker) {
        List<String> types = new ArrayList<>();
        worker.path("types").forEach(type -> types.add(type.asText()));
        String since = worker.path("connectedAt").asText("");
        String busy =
                worker.path("running").asInt() + "/" + worker.path("capacity").asInt();
        table.add(
                worker.path("name").asText(),
                worker.path("host").asText(),
                worker.path("pid").asText(),
                worker.path("draining").asBoolean() ? terminal.outStyle().yellow(busy + " draining") : busy,
                since.isEmpty()
                        ? ""
                        : Times.relative(Instant.parse(since), terminal.clock().instant()),
                shortened(worker.path("node").asText("")),
                (worker.path("language").asText() + " "
                                + worker.path("sdkVersion").asText(""))
                        .strip(),
                String.join(", ", types));
    }
}
