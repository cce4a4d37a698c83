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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the nodes. */
@Command(
        name = "cluster",
        header = "List the nodes and how many partitions each owns.",
        footer = {"  orquestrax cluster", "  orquestrax cluster --output json | jq '.nodes | length'"})
public final class ClusterCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public ClusterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode cluster = server.connect(terminal).get(Route.of("cluster"));
        if (output.json()) {
            OutputOptions.printJson(terminal, cluster);
            return ExitCode.OK;
        }
        Table table = new Table("NODE", "VERSION", "STARTED", "PARTITIONS");
        int owned = 0;
        for (JsonNode node : cluster.path("nodes")) {
            String since = node.path("startedAt").asText("");
            owned += node.path("partitions").size();
            table.add(
                    node.path("id").asText(),
                    node.path("version").asText(),
                    since.isEmpty()
                            ? ""
                            : Times.relative(
                                    Instant.parse(since), terminal.clock().instant()),
                    String.valueOf(node.path("partitions").size()));
        }
        table.print(terminal);
        int all = cluster.path("partitions").asInt();
        if (owned < all) {
            terminal.out()
                    .println(terminal.outStyle().yellow(all - owned + " of " + all + " partitions have no owner"));
        }
        return ExitCode.OK;
    }
}
