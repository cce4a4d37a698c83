package io.orquestrax.server.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * The times of five cron fields in a time zone.
 *
 * <p>Where the clocks are put forward, what falls into the hour that is left out comes once, right after it. Where they
 * are put back, what falls into the hour that comes twice comes in the first of the two. With {@code *} for the hour
 * the times follow the minutes that pass instead: nothing is made up for, and both hours count.
 */
final class CronTimes {
    private static final List<Duration> LOOKS_BACK = List.of(
            Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(32), Duration.ofDays(366), Duration.ofDays(1500));

    private final ExecutionTime fields;
    private final ZoneId zone;
    private final boolean isHourly;

    private CronTimes(ExecutionTime fields, ZoneId zone, boolean isHourly) {
        this.fields = fields;
        this.zone = zone;
        this.isHourly = isHourly;
    }

    /**
     * @throws IllegalArgumentException if these are not five cron fields
     */
    static CronTimes of(String expression, ZoneId zone) {
        Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(expression)
                .validate();
        String hour = cron.retrieve(CronFieldName.HOUR).getExpression().asString();
        return new CronTimes(ExecutionTime.forCron(cron), zone, hour.equals("*"));
    }

    /** The first time after a moment; empty where there is none. */
    Optional<Instant> after(Instant moment) {
        ZoneRules rules = zone.getRules();
        Instant from = moment;
        LocalDateTime local = LocalDateTime.ofInstant(from, rules.getOffset(from));
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<LocalDateTime> found = match(local);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            LocalDateTime match = found.get();
            Instant candidate = match.toInstant(offset);
            ZoneOffsetTransition transition = rules.nextTransition(from);
            if (transition == null || candidate.isBefore(transition.getInstant())) {
                if (isHourly || !isSecondPass(rules, match, offset)) {
                    return Optional.of(candidate);
                }
                local = match;
                continue;
            }
            from = transition.getInstant();
            if (transition.isGap() && !isHourly && match.isBefore(transition.getDateTimeAfter())) {
                return Optional.of(from);
            }
            // The first minute after the change counts too.
            local = transition.getDateTimeAfter().minusMinutes(1);
        }
    }

    /** As of {@link Recurrence#latest}. */
    Instant latest(Instant due, Instant now) {
        Instant time = due;
        for (Duration back : LOOKS_BACK) {
            Optional<Instant> first = after(now.minus(back)).filter(found -> !found.isAfter(now));
            if (first.isPresent()) {
                time = first.get().isAfter(due) ? first.get() : due;
                break;
            }
        }
        Optional<Instant> next = after(time);
        while (next.isPresent() && !next.get().isAfter(now)) {
            time = next.get();
            next = after(time);
        }
        return time;
    }

    private static boolean isSecondPass(ZoneRules rules, LocalDateTime local, ZoneOffset offset) {
        List<ZoneOffset> valid = rules.getValidOffsets(local);
        return valid.size() > 1 && !valid.getFirst().equals(offset);
    }

    private Optional<LocalDateTime> match(LocalDateTime after) {
        return fields.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
