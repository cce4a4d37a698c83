package io.orquestrax.server.schedule;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.schedule.Firing;
import io.orquestrax.store.schedule.ScheduleRow;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a trigger does when its time has come: it starts one instance, also where more than one of its times has passed
 * since nobody was there to see them, and goes on with the next time that is to come.
 */
final class DueTriggers {
    private static final Logger LOG = LoggerFactory.getLogger(DueTriggers.class);

    private final StartMessages starts;

    DueTriggers(StartMessages starts) {
        this.starts = starts;
    }

    Firing fire(ScheduleRow row, Instant now) {
        Instant due = Objects.requireNonNull(row.nextAt(), "Only what has a time can be due");
        try {
            Recurrence recurrence = Recurrence.of(row).orElse(null);
            Instant at = recurrence == null ? due : recurrence.latest(due, now);
            return firing(
                    row, at, recurrence == null ? null : recurrence.after(at).orElse(null));
        } catch (RuntimeException unreadable) {
            // Validated when it was deployed: only a bug comes here, and must not hold up all other triggers.
            LOG.error(
                    "{}: the trigger {} \"{}\" cannot be read and starts nothing more",
                    row.definition(),
                    row.trigger().text(),
                    row.expression(),
                    unreadable);
            return new Firing(null, null);
        }
    }

    private Firing firing(ScheduleRow row, Instant at, @Nullable Instant nextAt) {
        return new Firing(nextAt, starts.of(row, at, at.toString(), Json.NODES.objectNode()));
    }
}
