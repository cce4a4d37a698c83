package io.orquestrax.server.orchestration;

import java.time.Instant;
import java.util.List;

/** The nodes and what they own. */
public record ClusterView(List<NodeView> nodes, int partitions) {

    public ClusterView {
        nodes = List.copyOf(nodes);
    }

    /** One node. */
    public record NodeView(String id, String version, Instant startedAt, List<Integer> partitions) {
        public NodeView {
            partitions = List.copyOf(partitions);
        }
    }
}
