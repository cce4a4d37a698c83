package io.orquestrax.store.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * The instance that a trigger started last is closed, so that the trigger starts the next one at a moment.
 *
 * @param trigger as in the table {@code schedule}
 * @param instance that is closed; of no effect where the trigger started another one since
 */
public record ScheduleReport(String namespace, String name, String trigger, UUID instance, Instant nextAt) {}
