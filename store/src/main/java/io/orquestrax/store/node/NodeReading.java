package io.orquestrax.store.node;

import java.time.Duration;

/**
 * A node as its row and its lock show it.
 *
 * @param silence since its last heartbeat, by the server's clock
 * @param isLocked whether a connection to the server holds its lock
 * @param load JSON, as the node wrote it
 */
public record NodeReading(NodeRow row, Duration silence, boolean isLocked, String load) {}
