package io.orquestrax.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.terminal.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The cluster as lines of text. */
final class ClusterListing {
    private ClusterListing() {}

    static List<String> lines(Terminal terminal, JsonNode cluster) {
        Style style = terminal.outStyle();
        Table table = new Table("NODE", "STATE", "PARTITIONS", "JOBS", "WORKERS", "STARTED", "VERSION", "ADDRESS");
        for (JsonNode node : cluster.path("nodes")) {
            JsonNode load = node.path("load");
            table.add(
                    node.path("id").asText(),
                    state(style, node.path("state").asText()),
                    String.valueOf(node.path("partitions").size()),
                    load.path("runningJobs").asInt() + " running, "
                            + load.path("queuedJobs").asInt() + " queued",
                    load.path("workers").asText("0"),
                    started(terminal, node.path("startedAt").asText("")),
                    node.path("version").asText(),
                    node.path("address").asText());
        }
        List<String> lines = new ArrayList<>(table.lines(style));
        int unowned = unowned(cluster);
        if (unowned > 0) {
            lines.add(
                    style.yellow(unowned + " of " + cluster.path("partitions").asInt() + " partitions have no owner"));
        }
        return lines;
    }

    /** How many partitions no node says it owns. */
    private static int unowned(JsonNode cluster) {
        int owned = 0;
        for (JsonNode node : cluster.path("nodes")) {
            owned += node.path("state").asText().equals("lost")
                    ? 0
                    : node.path("partitions").size();
        }
        return cluster.path("partitions").asInt() - owned;
    }

    private static String state(Style style, String state) {
        return switch (state) {
            case "serving" -> style.green(state);
            case "lost" -> style.red(state);
            default -> style.yellow(state);
        };
    }

    private static String started(Terminal terminal, String time) {
        return time.isEmpty()
                ? ""
                : Times.relative(Instant.parse(time), terminal.clock().instant());
    }
}
