package io.orquestrax.sdk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live nodes and what they own.
 *
 * @param partitions how many there are in all
 */
public record Cluster(List<Node> nodes, int partitions) {

    public Cluster {
        nodes = List.copyOf(nodes);
    }

    /**
     * One orchestrator process.
     *
     * @param partitions those that it owns
     */
    public record Node(String id, String version, @Nullable Instant startedAt, List<Integer> partitions) {

        public Node {
            partitions = List.copyOf(partitions);
        }
    }
}
