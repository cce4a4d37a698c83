package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** From the start of an instance of one step to its result, for a caller that is alone. */
final class Latency implements Benchmark {
    private static final Figure MEDIAN = Figure.atMost("latency-p50", 4, "ms");
    private static final Figure TAIL = Figure.atMost("latency-p99", 15, "ms");

    @Override
    public List<Figure> figures() {
        return List.of(MEDIAN, TAIL);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.shared();
        OneStep.WORKFLOW.deploy(ready.client());
        return new LevelTrial(ready, OneStep.WORKFLOW, load -> {
            Percentiles times = times(ready.client(), load);
            return Map.of(MEDIAN.name(), times.millis(0.5), TAIL.name(), times.millis(0.99));
        });
    }

    static Percentiles times(OrquestraxClient client, Load load) {
        long[] nanos = new long[load.instances()];
        long endNanos = System.nanoTime() + load.duration().toNanos();
        int count = 0;
        do {
            long began = System.nanoTime();
            var _ = OneStep.WORKFLOW.run(client);
            nanos[count++] = System.nanoTime() - began;
        } while (count < load.instances() && System.nanoTime() < endNanos);
        return new Percentiles(nanos, count);
    }
}
