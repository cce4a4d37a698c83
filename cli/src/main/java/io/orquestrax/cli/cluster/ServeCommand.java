package io.orquestrax.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a drain back. */
@Command(
        name = "serve",
        header = "Let a drained node take its share of the partitions again.",
        footer = "  orquestrax cluster serve 4cd8acec")
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NODE", description = "The node's id, or the beginning of it.")
    private String node;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode cluster = server.connect(terminal)
                .post(Route.of("cluster", "nodes", node).action("serve"), Json.NODES.objectNode());
        if (output.json()) {
            OutputOptions.printJson(terminal, cluster);
        } else {
            ClusterListing.lines(terminal, cluster).forEach(terminal.out()::println);
        }
        return ExitCode.OK;
    }
}
