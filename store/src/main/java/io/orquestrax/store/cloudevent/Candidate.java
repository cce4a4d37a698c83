package io.orquestrax.store.cloudevent;

import java.util.UUID;

/** An instance that listens for what an event may be. */
public record Candidate(long position, UUID instance, int partition) {}
