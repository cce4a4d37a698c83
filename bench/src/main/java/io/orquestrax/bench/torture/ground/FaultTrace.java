package io.orquestrax.bench.torture.ground;

import io.orquestrax.bench.torture.plan.FaultKind;
import java.time.Instant;
import java.util.List;

/**
 * A fault as it was injected.
 *
 * @param number in the plan
 * @param victim name of the process, or of what was done to all
 * @param graceful whether no call of a client was to fail meanwhile
 * @param marks what was done when, in order
 * @param ended when the cluster was whole again, or was given up
 * @param isWhole whether it was whole again in the end
 */
public record FaultTrace(
        int number,
        FaultKind kind,
        String victim,
        boolean graceful,
        List<Mark> marks,
        Instant began,
        Instant ended,
        boolean isWhole) {

    public FaultTrace {
        marks = List.copyOf(marks);
    }

    public boolean contains(Instant time) {
        return !time.isBefore(began) && !time.isAfter(ended);
    }

    /**
     * One act of a fault.
     *
     * @param phase what followed from it, as the figures name it
     */
    public record Mark(Instant at, String phase) {}
}
