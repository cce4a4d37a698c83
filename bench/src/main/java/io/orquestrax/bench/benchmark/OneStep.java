package io.orquestrax.bench.benchmark;

import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** Instances of one step that a client starts and awaits. */
final class OneStep implements Benchmark {
    private static final Figure RATE = new Figure("one-step", "instances/s");

    private final StepWorkflow workflow = new StepWorkflow("one-step", 1);

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
        return Map.of(RATE.name(), new ClosedLoop(client, workflow, load).instancesPerSecond());
    }
}
