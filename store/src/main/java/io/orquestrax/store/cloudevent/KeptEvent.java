package io.orquestrax.store.cloudevent;

import java.time.Instant;

/**
 * An event that is kept.
 *
 * @param envelope JSON text
 * @param isConsumed whether any listener took it
 */
public record KeptEvent(long position, String type, String envelope, Instant receivedAt, boolean isConsumed) {}
