package io.orquestrax.store.cloudevent;

import java.util.UUID;

/** An instance that consumed the event of a position. */
public record Taker(long position, UUID instance) {}
