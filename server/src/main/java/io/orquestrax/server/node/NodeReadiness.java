package io.orquestrax.server.node;

import io.orquestrax.server.cluster.Membership;
import io.orquestrax.server.partition.Partitions;
import java.util.Optional;

/** Ready while the database is there, every partition is served, and the node is not stopping. */
final class NodeReadiness implements Readiness {
    private final Partitions partitions;
    private final Membership membership;
    private volatile boolean stopping;

    NodeReadiness(Partitions partitions, Membership membership) {
        this.partitions = partitions;
        this.membership = membership;
    }

    @Override
    public Optional<String> reasonNotReady() {
        return stopping
                ? Optional.of("The node is stopping.")
                : membership.reasonAway().or(partitions::reasonNotServing);
    }

    void stopping() {
        stopping = true;
    }
}
