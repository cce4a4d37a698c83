package io.orquestrax.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at the nodes and acts on them; by itself it lists them. */
@Command(
        name = "cluster",
        header = "List the nodes: what they do, and how many partitions each owns; drain one.",
        description = "Without a subcommand: lists the nodes.",
        footer = {
            "  orquestrax cluster",
            "  orquestrax cluster drain 4cd8acec",
            "  orquestrax cluster --output json | jq '.nodes | length'"
        })
public final class ClusterCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public ClusterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What may stand behind it. */
    public static List<Object> subcommands(Terminal terminal) {
        return List.of(new DrainCommand(terminal), new ServeCommand(terminal));
    }

    @Override
    public Integer call() {
        JsonNode cluster = server.connect(terminal).get(Route.of("cluster"));
        if (output.json()) {
            OutputOptions.printJson(terminal, cluster);
        } else {
            ClusterListing.lines(terminal, cluster).forEach(terminal.out()::println);
        }
        return ExitCode.OK;
    }
}
