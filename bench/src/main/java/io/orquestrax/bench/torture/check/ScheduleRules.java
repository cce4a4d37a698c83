package io.orquestrax.bench.torture.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Each time of the load's schedule started one instance, unless nobody was there to do it. */
final class ScheduleRules {
    static final String ONCE = "A time of a schedule fires once";
    static final String NOT_MISSED = "A time of a schedule is not missed";

    static final Duration PERIOD = Duration.ofSeconds(2);

    /** A node may look so much later on a busy machine; times that pass meanwhile are made up for by one start. */
    private static final Duration LATENESS = Duration.ofSeconds(12);

    private ScheduleRules() {}

    /**
     * @param disturbances when faults kept nodes from looking; what falls into them may be made up for by one start
     */
    static List<Violation> check(List<InstanceEvidence> scheduled, List<Window> disturbances) {
        List<Violation> violations = new ArrayList<>();
        List<InstanceEvidence> inOrder = scheduled.stream()
                .sorted((left, right) -> time(left).compareTo(time(right)))
                .toList();
        for (int index = 1; index < inOrder.size(); index++) {
            InstanceEvidence before = inOrder.get(index - 1);
            InstanceEvidence instance = inOrder.get(index);
            Duration distance = Duration.between(time(before), time(instance));
            if (distance.isZero()) {
                violations.add(instance.violation(ONCE, time(instance) + " also started " + before.id()));
            } else if (distance.toMillis() % PERIOD.toMillis() != 0) {
                violations.add(instance.violation(
                        ONCE,
                        time(instance) + " is " + distance + " after " + time(before) + ", no multiple of " + PERIOD));
            }
            if (distance.compareTo(LATENESS) > 0) {
                checkMissed(before, instance, disturbances, violations);
            }
        }
        return violations;
    }

    private static void checkMissed(
            InstanceEvidence before, InstanceEvidence after, List<Window> disturbances, List<Violation> violations) {
        for (Instant missed = time(before).plus(PERIOD); missed.isBefore(time(after)); missed = missed.plus(PERIOD)) {
            Instant time = missed;
            if (disturbances.stream().noneMatch(window -> window.contains(time))) {
                violations.add(after.violation(NOT_MISSED, "nothing was started for " + time));
            }
        }
    }

    /** The time that an instance was started for stands in its id (UUIDv7). */
    static Instant time(InstanceEvidence instance) {
        return Instant.ofEpochMilli(UUID.fromString(instance.id()).getMostSignificantBits() >>> 16);
    }

    /** A span of time, its ends included. */
    record Window(Instant from, Instant to) {

        boolean contains(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }
}
