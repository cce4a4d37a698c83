package io.orquestrax.server.orchestration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what they own.
 *
 * @param self id of the node that answers
 * @param partitions by number, from 0
 */
public record ClusterView(String name, String self, List<NodeView> nodes, List<PartitionView> partitions) {

    public ClusterView {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
    }

    /**
     * One node.
     *
     * @param address host:port for clients and workers
     * @param state {@code joining}, {@code serving}, {@code draining}, {@code leaving}, or {@code lost} where it gives
     *     no sign of life
     * @param silence since its last heartbeat
     * @param partitions that it owns
     */
    public record NodeView(
            String id,
            String version,
            String address,
            Instant startedAt,
            String state,
            Duration silence,
            List<Integer> partitions,
            LoadView load) {
        public NodeView {
            partitions = List.copyOf(partitions);
        }
    }

    /** What a node said at its last heartbeat. */
    public record LoadView(int residentInstances, int queuedCommands, int workers, int queuedJobs, int runningJobs) {}

    /**
     * One partition.
     *
     * @param owner id of the node that claimed it last; null where it was released
     */
    public record PartitionView(int number, @Nullable String owner, long epoch) {}
}
