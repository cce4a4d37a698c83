package io.orquestrax.server.node;

import io.orquestrax.server.cluster.Membership;
import io.orquestrax.server.cluster.Ownership;
import java.util.Optional;

/** Ready while the database is there, all that the node should own is served, and the node is not stopping. */
final class NodeReadiness implements Readiness {
    private final Ownership ownership;
    private final Membership membership;
    private volatile boolean stopping;

    NodeReadiness(Ownership ownership, Membership membership) {
        this.ownership = ownership;
        this.membership = membership;
    }

    @Override
    public Optional<String> reasonNotReady() {
        return stopping
                ? Optional.of("The node is stopping.")
                : membership.reasonAway().or(ownership::reasonNotServing);
    }

    void stopping() {
        stopping = true;
    }
}
