package io.orquestrax.server.cluster;

import java.time.Instant;

/**
 * Who a node is, for others.
 *
 * @param id new at every start
 * @param level as of {@link #LEVEL}
 */
public record NodeCard(String id, String version, int level, Instant startedAt) {
    /**
     * Of what nodes say to each other and share in the database. It rises by one with each change that the version
     * before does not understand; versions whose levels are neighbours run side by side.
     */
    public static final int LEVEL = 2;
}
