package io.orquestrax.store.node;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and owners at one moment.
 *
 * @param isRegistered whether the reader has a row; without one its heartbeat went nowhere
 * @param serverUptime since the server was started, and so since the last time that all locks were dropped at once
 * @param nodes by id
 */
public record ClusterReading(
        boolean isRegistered, Duration serverUptime, List<NodeReading> nodes, List<Owned> partitions) {

    public ClusterReading {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
    }

    /**
     * @param owner null where it was released
     */
    public record Owned(int partition, @Nullable String owner, long epoch) {}
}
