package io.orquestrax.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.LiveArea;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Empties a node, and watches it. */
@Command(
        name = "drain",
        header = "Let a node give its partitions to the others; it stays, and owns none.",
        description =
                "Returns when the node is empty. Callers notice nothing. `orquestrax cluster serve NODE` takes it back.",
        footer = {"  orquestrax cluster drain 4cd8acec", "  orquestrax cluster drain 4cd8acec --no-wait"})
final class DrainCommand implements Callable<Integer> {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Terminal terminal;

    @Parameters(paramLabel = "NODE", description = "The node's id, or the beginning of it.")
    private String node;

    @Option(names = "--no-wait", description = "Return at once, while partitions still move.")
    private boolean isNotAwaited;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait at most, as PT30S. Default: PT1M.")
    private Duration timeout = Duration.ofMinutes(1);

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    DrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RestApi api = server.connect(terminal);
        JsonNode cluster = api.post(Route.of("cluster", "nodes", node).action("drain"), Json.NODES.objectNode());
        if (!isNotAwaited) {
            cluster = await(api, cluster);
        }
        if (output.json()) {
            OutputOptions.printJson(terminal, cluster);
        } else if (!terminal.outLive() || isNotAwaited) {
            ClusterListing.lines(terminal, cluster).forEach(terminal.out()::println);
        }
        return ExitCode.OK;
    }

    private JsonNode await(RestApi api, JsonNode first) {
        LiveArea area = new LiveArea(terminal.out(), terminal.width());
        boolean isDrawn = terminal.outLive() && !output.json();
        Instant end = terminal.clock().instant().plus(timeout);
        JsonNode cluster = first;
        while (true) {
            if (isDrawn) {
                area.draw(ClusterListing.lines(terminal, cluster));
            }
            int left = partitionsOf(cluster);
            if (left == 0) {
                return cluster;
            }
            if (terminal.clock().instant().isAfter(end)) {
                throw CommandFailure.unreachable(
                        "Expected node " + node + " to be empty after " + timeout + ", but it still owns " + left
                                + " partitions.",
                        List.of("It goes on by itself; look again:  orquestrax cluster"),
                        null);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            cluster = api.get(Route.of("cluster"));
        }
    }

    /** Of the node that is meant; one that is gone has none. */
    private int partitionsOf(JsonNode cluster) {
        int partitions = 0;
        for (JsonNode one : cluster.path("nodes")) {
            if (one.path("id").asText().startsWith(node)) {
                partitions += one.path("partitions").size();
            }
        }
        return partitions;
    }
}
