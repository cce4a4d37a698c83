package io.orquestrax.server.job;

import java.util.Set;

/** Somebody who takes jobs: a stream with free capacity, or a long-poll. */
interface Taker {

    Set<String> types();

    /** How many more jobs it takes now. */
    int free();

    void take(Job job);

    /** Whether it is a worker of this node; those of other nodes come after them. */
    default boolean isNear() {
        return true;
    }
}
