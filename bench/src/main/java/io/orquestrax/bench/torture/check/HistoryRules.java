package io.orquestrax.bench.torture.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of every history by itself. */
final class HistoryRules {
    static final String GAPLESS = "A history is numbered from 1 without gaps";
    static final String WHOLE = "A history begins with its start and ends with its end";
    static final String ONCE = "A step counts once";
    static final String CONSUMED_ONCE = "An event is consumed once by each listener";
    static final String NOT_EARLY = "No timer is early";

    private HistoryRules() {}

    static List<Violation> check(InstanceEvidence instance) {
        List<Violation> violations = new ArrayList<>();
        checkNumbers(instance, violations);
        checkEnds(instance, violations);
        checkOnce(instance, violations);
        checkTimers(instance, violations);
        return violations;
    }

    private static void checkNumbers(InstanceEvidence instance, List<Violation> violations) {
        long expected = 1;
        for (EventEvidence event : instance.events()) {
            if (event.sequence() != expected) {
                violations.add(instance.violation(
                        GAPLESS, "expected the number " + expected + ", but got " + event.sequence()));
                return;
            }
            expected++;
        }
    }

    private static void checkEnds(InstanceEvidence instance, List<Violation> violations) {
        List<EventEvidence> events = instance.events();
        if (events.isEmpty() || !events.getFirst().type().equals("InstanceStarted")) {
            violations.add(instance.violation(WHOLE, "it does not begin with InstanceStarted"));
            return;
        }
        boolean closed = instance.closedAt() != null;
        if (closed != events.getLast().isClosing()) {
            violations.add(instance.violation(
                    WHOLE,
                    "its row says " + instance.status() + ", but it ends with "
                            + events.getLast().type()));
        }
        long closings = events.stream().filter(EventEvidence::isClosing).count();
        long starts = events.stream()
                .filter(event -> event.type().equals("InstanceStarted"))
                .count();
        if (closings > 1 || starts > 1) {
            violations.add(instance.violation(WHOLE, "it has " + starts + " starts and " + closings + " ends"));
        }
    }

    private static void checkOnce(InstanceEvidence instance, List<Violation> violations) {
        Map<Long, Integer> ends = new HashMap<>();
        Set<Long> positions = new HashSet<>();
        for (EventEvidence event : instance.events()) {
            if (event.type().equals("TaskCompleted") || event.type().equals("TaskFaulted")) {
                int count = ends.merge(event.activation(), 1, Integer::sum);
                if (count > 1) {
                    violations.add(instance.violation(
                            ONCE, "the activation " + event.activation() + " ended " + count + " times"));
                }
            }
            Long position = event.position();
            if (position != null && !positions.add(position)) {
                violations.add(instance.violation(CONSUMED_ONCE, "the event at position " + position + " came twice"));
            }
        }
    }

    /** What is due later than the event that says that it is over was early. */
    private static void checkTimers(InstanceEvidence instance, List<Violation> violations) {
        Map<Long, Instant> due = new HashMap<>();
        for (EventEvidence event : instance.events()) {
            switch (event.type()) {
                case "WaitStarted", "RetryScheduled", "JobFailed" -> {
                    Instant time = event.due();
                    if (time != null) {
                        due.put(event.activation(), time);
                    }
                }
                case "TaskCompleted", "RetryStarted", "JobRetried" -> {
                    Instant time = due.remove(event.activation());
                    if (time != null && event.at().isBefore(time)) {
                        violations.add(instance.violation(
                                NOT_EARLY, event.type() + " at " + event.at() + ", but it was due at " + time));
                    }
                }
                default -> {
                    // Of no timer.
                }
            }
        }
    }
}
