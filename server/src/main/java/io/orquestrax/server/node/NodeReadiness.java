package io.orquestrax.server.node;

import io.orquestrax.server.partition.Partitions;
import java.util.Optional;

/** Ready while every partition is served and the node is not stopping. */
final class NodeReadiness implements Readiness {
    private final Partitions partitions;
    private volatile boolean stopping;

    NodeReadiness(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public Optional<String> reasonNotReady() {
        return stopping ? Optional.of("The node is stopping.") : partitions.reasonNotServing();
    }

    void stopping() {
        stopping = true;
    }
}
