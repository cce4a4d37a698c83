package io.orquestrax.server.schedule;

import io.orquestrax.store.schedule.ScheduleRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trigger, with what follows from its row.
 *
 * @param words what it goes by, for people: "every 15 min"
 * @param upcoming when it starts instances next, at most {@value #UPCOMING}; empty while it is paused, or where events
 *     or the end of an instance decide that
 */
public record ScheduledTrigger(ScheduleRow row, String words, List<Instant> upcoming) {
    private static final int UPCOMING = 5;

    public ScheduledTrigger {
        upcoming = List.copyOf(upcoming);
    }

    static ScheduledTrigger of(ScheduleRow row) {
        return new ScheduledTrigger(row, TriggerWords.of(row), row.paused() ? List.of() : upcoming(row));
    }

    private static List<Instant> upcoming(ScheduleRow row) {
        Instant next = row.nextAt();
        if (next == null) {
            return List.of();
        }
        return Recurrence.of(row)
                .map(recurrence -> recurrence.from(next, UPCOMING))
                .orElse(List.of(next));
    }

    /** When it starts an instance next; absent while it is paused, or where something else decides that. */
    public @Nullable Instant nextAt() {
        return upcoming.isEmpty() ? null : upcoming.getFirst();
    }
}
