package io.orquestrax.bench.benchmark;

import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** Steps of instances that have ten of them, one after the other. */
final class TenStep implements Benchmark {
    private static final int STEPS = 10;
    private static final Figure RATE = new Figure("ten-step", "steps/s");

    private final StepWorkflow workflow = new StepWorkflow("ten-step", STEPS);

    @Override
    public List<Figure> figures() {
        return List.of(RATE);
    }

    @Override
    public void prepare(OrquestraxClient client) {
        workflow.deploy(client);
    }

    @Override
    public Map<String, Double> run(OrquestraxClient client, Load load) throws InterruptedException {
        return Map.of(RATE.name(), STEPS * new ClosedLoop(client, workflow, load).instancesPerSecond());
    }
}
