package io.orquestrax.dashboard.cluster;

import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.orchestration.ClusterView.PartitionView;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, and who owns what.
 *
 * @param nodes what is wrong first, then by start
 * @param unowned partitions that nobody alive owns, ascending
 */
public record ClusterPage(String name, List<NodeLine> nodes, List<PartitionView> partitions, List<Integer> unowned) {

    public ClusterPage {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
        unowned = List.copyOf(unowned);
    }

    public static ClusterPage of(ClusterView cluster, Instant now) {
        long serving = cluster.nodes().stream()
                .filter(node -> node.state().equals(NodeLine.SERVING))
                .count();
        List<NodeLine> nodes = cluster.nodes().stream()
                .map(node -> NodeLine.of(node, node.id().equals(cluster.self()), serving > 1, now))
                .sorted(Comparator.comparing((NodeLine node) -> !node.state().equals(NodeLine.LOST))
                        .thenComparing(NodeLine::startedAt)
                        .thenComparing(NodeLine::id))
                .toList();
        Set<Integer> owned = new HashSet<>();
        nodes.stream()
                .filter(node -> !node.state().equals(NodeLine.LOST))
                .forEach(node -> owned.addAll(node.partitions()));
        List<Integer> unowned = cluster.partitions().stream()
                .map(PartitionView::number)
                .filter(number -> !owned.contains(number))
                .sorted()
                .toList();
        return new ClusterPage(cluster.name(), nodes, cluster.partitions(), unowned);
    }

    public String sentence() {
        long lost = nodes.stream()
                .filter(node -> node.state().equals(NodeLine.LOST))
                .count();
        String all = name + ": " + ShortText.count(nodes.size() - lost, "node") + ", "
                + ShortText.count(partitions.size(), "partition");
        return lost == 0 ? all : all + "; " + ShortText.count(lost, "node") + " lost";
    }

    /** Null where every partition is served. */
    public @Nullable Notice notice() {
        if (unowned.isEmpty()) {
            return null;
        }
        return new Notice(
                Notice.Kind.PROBLEM,
                unowned.size() == 1
                        ? "Partition " + unowned.getFirst() + " has no owner"
                        : "Partitions " + Ranges.of(unowned) + " have no owner",
                "Their instances wait and lose nothing. A live node takes them within seconds; if this stays, look at the"
                        + " logs of the nodes.",
                null);
    }

    /** Whether nobody could take over. */
    public boolean isAlone() {
        return nodes.size() == 1;
    }
}
