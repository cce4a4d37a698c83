package io.orquestrax.bench.torture.check;

import java.util.List;

/**
 * What the checks of a run found.
 *
 * @param instances looked at, as all of these
 * @param lostAttempts of jobs, taken from a worker that was gone and given to another
 * @param failedCalls that clients made again
 * @param refusedBatches that a process sent to the database without owning the partitions any more
 */
public record Findings(
        List<Violation> violations,
        long instances,
        long events,
        long acknowledgements,
        long executions,
        long lostAttempts,
        long failedCalls,
        long refusedBatches,
        List<FailoverTimes> failovers,
        List<Disruption> disruptions) {

    public Findings {
        violations = List.copyOf(violations);
        failovers = List.copyOf(failovers);
        disruptions = List.copyOf(disruptions);
    }
}
