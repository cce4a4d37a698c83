package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.load.ClientRecord.FailedCall;
import java.util.ArrayList;
import java.util.List;

/** What a fault may do to clients and to the cluster. */
final class FaultRules {
    static final String UNNOTICED = "No call fails while nodes or workers come and go in order";
    static final String WHOLE = "The cluster is whole again after a fault";

    private FaultRules() {}

    static List<Violation> check(List<FaultTrace> faults, List<FailedCall> failures) {
        List<Violation> violations = new ArrayList<>();
        for (FaultTrace fault : faults) {
            String name = "fault " + fault.number() + ", " + fault.kind().word() + " of " + fault.victim();
            if (!fault.isWhole()) {
                violations.add(new Violation(
                        WHOLE,
                        name,
                        "a node was not ready, or a partition without a living owner, from " + fault.began() + " to "
                                + fault.ended()));
            }
            if (fault.graceful()) {
                failures.stream()
                        .filter(failure -> isIn(fault, failure))
                        .forEach(failure -> violations.add(new Violation(UNNOTICED, name, failure.toString())));
            }
        }
        return violations;
    }

    /** A call that began before has met an earlier fault. */
    private static boolean isIn(FaultTrace fault, FailedCall failure) {
        return fault.contains(failure.began()) && fault.contains(failure.ended());
    }
}
