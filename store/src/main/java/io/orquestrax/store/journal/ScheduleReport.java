package io.orquestrax.store.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * An instance that a trigger started is closed: a trigger {@code after} starts the next one when its time has passed.
 *
 * @param trigger as in the table {@code schedule}
 * @param instance that is closed; of no effect where the trigger started another one since
 */
public record ScheduleReport(String namespace, String name, String trigger, UUID instance, Instant closedAt) {}
