package io.orquestrax.server.cluster;

import io.orquestrax.server.live.Subscription;
import java.util.function.Consumer;

/** What this node knows of the cluster. */
public interface RosterSource {

    Roster current();

    /**
     * Tells of each change of nodes or owners, and of loads with each heartbeat.
     *
     * @param watcher called by one thread at a time: it must hand over and return
     */
    Subscription watch(Consumer<Roster> watcher);

    /** What is known here was found wrong: read again soon. */
    void doubt();
}
