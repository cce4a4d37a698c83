package io.orquestrax.server.schedule;

import io.orquestrax.store.schedule.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The times of a trigger that goes by the clock alone. */
sealed interface Recurrence {

    /**
     * Of a trigger {@code every} or {@code cron}; empty for the others.
     *
     * @throws IllegalArgumentException if the row holds what cannot be read
     */
    static Optional<Recurrence> of(ScheduleRow row) {
        return switch (row.trigger()) {
            case EVERY -> Optional.of(new Every(Duration.parse(row.expression())));
            case CRON -> Optional.of(new Cron(CronTimes.of(row.expression(), zoneOf(row))));
            case AFTER, ON -> Optional.empty();
        };
    }

    private static ZoneId zoneOf(ScheduleRow row) {
        String zone = row.zone();
        return ZoneId.of(zone == null ? "UTC" : zone);
    }

    /**
     * The time after another, which is one of these or where they begin; empty where there is none, as for the 30th of
     * February.
     */
    Optional<Instant> after(Instant previous);

    /**
     * The last of the times that are not later than now.
     *
     * @param due one of these times, not later than now
     */
    Instant latest(Instant due, Instant now);

    /** The times from one of them on, at most so many. */
    default List<Instant> from(Instant first, int limit) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> time = Optional.of(first);
        while (time.isPresent() && times.size() < limit) {
            times.add(time.get());
            time = after(time.get());
        }
        return times;
    }

    /** At a fixed distance, whatever became of the instances. */
    record Every(Duration distance) implements Recurrence {
        public Every {
            if (!distance.isPositive()) {
                throw new IllegalArgumentException("Expected a distance above zero, but got " + distance);
            }
        }

        @Override
        public Optional<Instant> after(Instant previous) {
            return Optional.of(previous.plus(distance));
        }

        @Override
        public Instant latest(Instant due, Instant now) {
            return due.plus(distance.multipliedBy(Duration.between(due, now).dividedBy(distance)));
        }
    }

    /** By the calendar. */
    record Cron(CronTimes times) implements Recurrence {
        @Override
        public Optional<Instant> after(Instant previous) {
            return times.after(previous);
        }

        @Override
        public Instant latest(Instant due, Instant now) {
            return times.latest(due, now);
        }
    }
}
