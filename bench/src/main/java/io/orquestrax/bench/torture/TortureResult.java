package io.orquestrax.bench.torture;

import io.orquestrax.bench.torture.check.Findings;
import io.orquestrax.bench.torture.check.Violation;
import io.orquestrax.bench.torture.ground.FaultTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** How often each kind of fault was injected, by its word. */
    Map<String, Integer> injected() {
        Map<String, Integer> counts = new TreeMap<>();
        faults.forEach(fault -> counts.merge(fault.kind().word(), 1, Integer::sum));
        return counts;
    }

    boolean isClean() {
        return violations().isEmpty();
    }
}
