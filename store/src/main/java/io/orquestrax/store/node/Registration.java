package io.orquestrax.store.node;

/** What became of a node's wish to join. */
public sealed interface Registration {

    record Accepted() implements Registration {}

    /** The database belongs to a cluster of another name. */
    record OtherCluster(String name) implements Registration {}

    /** A node that lives does not understand the one that wants to join. */
    record OtherLevel(NodeRow node) implements Registration {}
}
