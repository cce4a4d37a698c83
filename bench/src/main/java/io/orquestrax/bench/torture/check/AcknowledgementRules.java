package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.load.Acknowledgement;
import io.orquestrax.bench.torture.load.Acknowledgement.Acted;
import io.orquestrax.bench.torture.load.Acknowledgement.Ended;
import io.orquestrax.bench.torture.load.Acknowledgement.Started;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What clients were told about an instance against what stands in the database. */
final class AcknowledgementRules {
    static final String NOT_LOST = "What was acknowledged is not lost";
    static final String AFTER_COMMIT = "What is acknowledged has been committed";

    private AcknowledgementRules() {}

    static List<Violation> check(InstanceEvidence instance, List<Acknowledgement> acknowledgements) {
        List<Violation> violations = new ArrayList<>();
        for (Acknowledgement acknowledgement : acknowledgements) {
            switch (acknowledgement) {
                case Started started -> checkStart(instance, started, violations);
                case Acted acted -> checkAct(instance, acted, violations);
                case Ended ended -> checkEnd(instance, ended, violations);
                case Acknowledgement.Published published ->
                    throw new IllegalArgumentException("Expected what is about an instance, but got " + published);
            }
        }
        return violations;
    }

    /** An instance that a client was told of, and that is not there. */
    static Violation missing(String instance, List<Acknowledgement> acknowledgements) {
        return new Violation(NOT_LOST, instance, "the instance is not in the database: " + acknowledgements);
    }

    private static void checkStart(InstanceEvidence instance, Started started, List<Violation> violations) {
        if (!started.key().equals(instance.key())
                || !started.scenario().definition().equals(instance.definition())
                || started.number() != instance.number()) {
            violations.add(instance.violation(NOT_LOST, "it is another one than " + started));
        }
        checkCommitted(instance, started, "InstanceStarted", violations);
    }

    private static void checkAct(InstanceEvidence instance, Acted acted, List<Violation> violations) {
        boolean known = instance.events().stream()
                .anyMatch(event -> event.type().equals(acted.act().event()));
        if (!known) {
            violations.add(instance.violation(NOT_LOST, "its history knows nothing of " + acted));
        }
        checkCommitted(instance, acted, acted.act().event(), violations);
    }

    private static void checkEnd(InstanceEvidence instance, Ended ended, List<Violation> violations) {
        if (!ended.status().equals(instance.status())
                || !Trees.areEqual(ended.output(), Optional.ofNullable(instance.output()))) {
            violations.add(instance.violation(
                    NOT_LOST, "it is " + instance.status() + " with " + instance.output() + ", but told was " + ended));
        }
        String type = "Instance" + Character.toUpperCase(ended.status().charAt(0))
                + ended.status().substring(1);
        checkCommitted(instance, ended, type, violations);
    }

    private static void checkCommitted(
            InstanceEvidence instance, Acknowledgement acknowledgement, String type, List<Violation> violations) {
        Optional<Instant> first = instance.events().stream()
                .filter(event -> event.type().equals(type))
                .map(EventEvidence::committedAt)
                .findFirst();
        if (first.isPresent() && acknowledgement.at().isBefore(first.get())) {
            violations.add(instance.violation(
                    AFTER_COMMIT, type + " was committed at " + first.get() + ", later than " + acknowledgement));
        }
    }
}
