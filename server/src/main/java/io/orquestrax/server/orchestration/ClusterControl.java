package io.orquestrax.server.orchestration;

/** The cluster as callers see and steer it. */
public interface ClusterControl {

    /** As this node knows it; reads nothing. */
    ClusterView view();

    /**
     * Lets a node give its partitions away and stay, or take some again.
     *
     * @param node id, or the beginning of one where no other begins so
     * @param undo whether it is to serve again
     * @throws ServiceException {@code node-not-found}; {@code invalid-request} where the beginning is of several, or
     *     where no other node could take what it has
     */
    void drain(String node, boolean undo);
}
