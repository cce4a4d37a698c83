package io.orquestrax.server.partition;

import io.orquestrax.store.journal.Consequences;

/** Told of what became durable beside the histories, in the order of each partition. */
@FunctionalInterface
public interface AfterCommit {

    /** Returns at once. */
    void committed(Consequences consequences);
}
