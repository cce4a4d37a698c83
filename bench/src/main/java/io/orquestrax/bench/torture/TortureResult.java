package io.orquestrax.bench.torture;

import io.orquestrax.bench.torture.check.Findings;
import io.orquestrax.bench.torture.check.Violation;
import io.orquestrax.bench.torture.ground.FaultTrace;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a run.
 *
 * @param obstacles that kept the run itself from doing what its plan says
 */
record TortureResult(TortureOptions options, List<FaultTrace> faults, Findings findings, List<Violation> obstacles) {

    TortureResult {
        faults = List.copyOf(faults);
        obstacles = List.copyOf(obstacles);
    }

    List<Violation> violations() {
        List<Violation> all = new ArrayList<>(obstacles);
        all.addAll(findings.violations());
        return all;
    }

    boolean isClean() {
        return violations().isEmpty();
    }
}
