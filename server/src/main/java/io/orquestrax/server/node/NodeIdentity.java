package io.orquestrax.server.node;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which node this is.
 *
 * @param id new at every start
 */
record NodeIdentity(String id, String version, Instant startedAt) {

    static NodeIdentity startedAt(Instant now) {
        String version = Optional.ofNullable(NodeIdentity.class.getPackage().getImplementationVersion())
                .orElse("dev");
        return new NodeIdentity(UUID.randomUUID().toString(), version, now);
    }
}
