package io.orquestrax.store.cloudevent;

import java.util.UUID;

/**
 * An event on its way to a sink outside.
 *
 * @param partition of the instance
 * @param sink name of the sink in the settings
 * @param envelope JSON text
 */
public record OutgoingEventRow(int partition, UUID instance, String sink, String envelope) {}
