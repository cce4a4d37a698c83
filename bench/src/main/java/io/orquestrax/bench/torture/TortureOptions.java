package io.orquestrax.bench.torture;

import io.orquestrax.bench.torture.plan.FaultKind;
import java.time.Duration;
import java.util.List;

/**
 * What a run is made of.
 *
 * @param seed of the faults and of the load
 * @param duration of the faults; start, settling and checks come on top
 * @param kinds of faults to choose from
 * @param perSecond numbers that the load begins, each of one instance or a few
 */
record TortureOptions(long seed, int nodes, int workers, Duration duration, List<FaultKind> kinds, int perSecond) {

    TortureOptions {
        kinds = List.copyOf(kinds);
    }
}
