package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Frame;
import io.orquestrax.protocol.cluster.v1.Greeting;
import io.orquestrax.protocol.cluster.v1.Item;
import java.util.Optional;

/** The first words of a link. */
final class Greetings {
    private Greetings() {}

    static Frame frame(Greeting greeting) {
        return Frame.newBuilder()
                .addItems(Item.newBuilder().setGreeting(greeting))
                .build();
    }

    /** Why this node does not talk to the other; empty where it does. */
    static Optional<String> objection(Greeting own, Greeting other) {
        if (!own.getCluster().equals(other.getCluster())) {
            return Optional.of("Expected a node of the cluster \"" + own.getCluster() + "\", but node "
                    + other.getNodeId() + " belongs to \"" + other.getCluster() + "\"");
        }
        if (Math.abs(own.getLevel() - other.getLevel()) > 1) {
            return Optional.of("Expected a node of level " + own.getLevel() + " or its neighbours, but node "
                    + other.getNodeId() + " (version " + other.getVersion() + ") speaks level " + other.getLevel());
        }
        return other.getTo().equals(own.getNodeId())
                ? Optional.empty()
                : Optional.of("Expected to be called as node " + own.getNodeId() + ", but node " + other.getNodeId()
                        + " means " + other.getTo());
    }
}
