package io.orquestrax.server.partition;

/**
 * Whether this node may decide now: it has heard from the database within the time after which others take over. A node
 * that was frozen for longer could else answer from what it remembers, where nothing is written that proves its epoch.
 */
@FunctionalInterface
public interface Lease {
    boolean holds();
}
