package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.load.Acknowledgement;
import io.orquestrax.bench.torture.load.ClientRecord.FailedCall;
import io.orquestrax.bench.torture.load.ClientRecord.SlowCall;
import io.orquestrax.bench.torture.load.ExecutionLog.Execution;
import java.util.List;

/**
 * What was remembered of a run outside of the cluster.
 *
 * @param acknowledgements what clients were told
 * @param failures calls that clients had to make again
 * @param slowCalls calls whose answer took its time
 * @param executions what handlers were given
 */
public record Evidence(
        List<FaultTrace> faults,
        List<Acknowledgement> acknowledgements,
        List<FailedCall> failures,
        List<SlowCall> slowCalls,
        List<Execution> executions) {

    public Evidence {
        faults = List.copyOf(faults);
        acknowledgements = List.copyOf(acknowledgements);
        failures = List.copyOf(failures);
        slowCalls = List.copyOf(slowCalls);
        executions = List.copyOf(executions);
    }
}
