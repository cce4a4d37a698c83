package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.check.ScheduleRules.Window;
import io.orquestrax.bench.torture.load.Acknowledgement;
import io.orquestrax.bench.torture.load.ExecutionLog.Execution;
import io.orquestrax.bench.torture.load.Scenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the database with what was remembered outside of the cluster, promise by promise. */
public final class Checker {
    static final String NOTHING_LEFT = "Nothing is left of what has ended";
    static final String EVENT_KEPT = "An event that was accepted is kept";

    /** So much later a node may look at the schedules again after a fault. */
    private static final Duration LOOKS_AGAIN = Duration.ofSeconds(12);

    private final Evidence evidence;
    private final Map<String, List<Acknowledgement>> acknowledged = new HashMap<>();
    private final Map<String, List<Execution>> executed = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Counts counts = new Counts();

    private Checker(Evidence evidence) {
        this.evidence = evidence;
        for (Acknowledgement acknowledgement : evidence.acknowledgements()) {
            switch (acknowledgement) {
                case Acknowledgement.Started started -> remember(started.instance(), started);
                case Acknowledgement.Acted acted -> remember(acted.instance(), acted);
                case Acknowledgement.Ended ended -> remember(ended.instance(), ended);
                case Acknowledgement.Published published -> {
                    // Of no instance.
                }
            }
        }
        for (Execution execution : evidence.executions()) {
            executed.computeIfAbsent(execution.instance(), unused -> new ArrayList<>(6))
                    .add(execution);
        }
    }

    /**
     * @param connection to the database of a run in which nothing happens any more
     */
    public static Findings check(Connection connection, Evidence evidence) throws SQLException {
        return new Checker(evidence).check(new DatabaseReader(connection));
    }

    private Findings check(DatabaseReader database) throws SQLException {
        KeyRules keys = new KeyRules();
        List<InstanceEvidence> scheduled = new ArrayList<>();
        database.instances(instance -> {
            checkOne(instance);
            keys.add(instance);
            if (instance.definition().equals(Scenario.SCHEDULED.definition())) {
                scheduled.add(instance.withoutEvents());
            }
        });
        acknowledged.forEach((instance, told) -> violations.add(AcknowledgementRules.missing(instance, told)));
        violations.addAll(keys.check());
        violations.addAll(ScheduleRules.check(scheduled, disturbances()));
        violations.addAll(FaultRules.check(evidence.faults(), evidence.failures()));
        violations.addAll(database.leftovers());
        checkEvents(database.cloudEvents());
        Tenures tenures = new Tenures(database.claims(), database.commits());
        violations.addAll(tenures.check());
        return new Findings(
                List.copyOf(violations),
                counts.instances,
                counts.events,
                evidence.acknowledgements().size(),
                evidence.executions().size(),
                counts.lostAttempts,
                evidence.failures().size(),
                tenures.late(database.emptyBatches()),
                FailoverTimes.of(evidence.faults(), tenures.takeovers()),
                Disruption.of(evidence.faults(), evidence.slowCalls(), evidence.failures()));
    }

    private void checkOne(InstanceEvidence instance) {
        counts.instances++;
        counts.events += instance.events().size();
        counts.lostAttempts += instance.events().stream()
                .filter(event -> event.type().equals("JobLost"))
                .count();
        violations.addAll(HistoryRules.check(instance));
        violations.addAll(EndRules.check(instance));
        violations.addAll(ExecutionRules.check(instance, executed.getOrDefault(instance.id(), List.of())));
        List<Acknowledgement> told = acknowledged.remove(instance.id());
        if (told != null) {
            violations.addAll(AcknowledgementRules.check(instance, told));
        }
    }

    private void checkEvents(Set<String> kept) {
        for (Acknowledgement acknowledgement : evidence.acknowledgements()) {
            if (acknowledgement instanceof Acknowledgement.Published published
                    && !kept.contains(published.source() + " " + published.id())) {
                violations.add(new Violation(EVENT_KEPT, published.id(), "not in the database: " + published));
            }
        }
    }

    /** Of the schedules: every fault takes somebody away who might have looked. */
    private List<Window> disturbances() {
        return evidence.faults().stream()
                .map(fault -> new Window(fault.began(), fault.ended().plus(LOOKS_AGAIN)))
                .toList();
    }

    private void remember(String instance, Acknowledgement acknowledgement) {
        acknowledged.computeIfAbsent(instance, unused -> new ArrayList<>(3)).add(acknowledgement);
    }

    /** How much was looked at. */
    private static final class Counts {
        private long instances;
        private long events;
        private long lostAttempts;
    }
}
