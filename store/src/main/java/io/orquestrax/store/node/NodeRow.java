package io.orquestrax.store.node;

import java.time.Instant;

/**
 * What a node says of itself when it registers.
 *
 * @param level of what nodes say to each other and share in the database
 * @param peerAddress host:port for other nodes
 * @param apiAddress host:port for clients and workers
 * @param state as the column has it
 * @param startedAt by the node's own clock
 */
public record NodeRow(
        String id, String version, int level, String peerAddress, String apiAddress, String state, Instant startedAt) {}
