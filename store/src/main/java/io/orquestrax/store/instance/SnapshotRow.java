package io.orquestrax.store.instance;

import java.util.UUID;

/**
 * A state that an instance had.
 *
 * @param sequence of the last event that it contains
 * @param version of its form
 * @param state JSON text
 */
public record SnapshotRow(UUID instance, long sequence, int version, String state) {}
