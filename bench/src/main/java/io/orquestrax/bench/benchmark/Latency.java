package io.orquestrax.bench.benchmark;

import io.orquestrax.sdk.OrquestraxClient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** From the start of an instance of one step to its result, for a caller that is alone. */
final class Latency implements Benchmark {
    private static final Figure MEDIAN = new Figure("latency-p50", "ms");
    private static final Figure TAIL = new Figure("latency-p99", "ms");
    private static final double NANOS_PER_MILLI = 1e6;

    private final StepWorkflow workflow = new StepWorkflow("one-step", 1);

    @Override
    public List<Figure> figures() {
        return List.of(MEDIAN, TAIL);
    }

    @Override
    public void prepare(OrquestraxClient client) {
        workflow.deploy(client);
    }

    @Override
    public Map<String, Double> run(OrquestraxClient client, Load load) {
        long[] nanos = new long[load.instances()];
        long endNanos = System.nanoTime() + load.duration().toNanos();
        int count = 0;
        do {
            long began = System.nanoTime();
            workflow.check(client.await(workflow.start(client).join().id(), StepWorkflow.LIMIT));
            nanos[count++] = System.nanoTime() - began;
        } while (count < load.instances() && System.nanoTime() < endNanos);
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return Map.of(
                MEDIAN.name(), percentile(sorted, 0.5) / NANOS_PER_MILLI,
                TAIL.name(), percentile(sorted, 0.99) / NANOS_PER_MILLI);
    }

    /** The nearest rank. */
    private static double percentile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
