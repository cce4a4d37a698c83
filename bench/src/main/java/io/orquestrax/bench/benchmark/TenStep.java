package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** Steps of instances that have ten of them, one after the other. */
final class TenStep implements Benchmark {
    static final int STEPS = 10;
    static final Workflow WORKFLOW = Workflow.ofSteps("ten-step", STEPS);

    private static final Figure RATE = Figure.atLeast("ten-step", 15_000, "steps/s");

    @Override
    public List<Figure> figures() {
        return List.of(RATE);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        OrquestraxClient client = environment.shared().client();
        WORKFLOW.deploy(client);
        return load -> Map.of(RATE.name(), STEPS * new ClosedLoop(client, WORKFLOW, load).instancesPerSecond());
    }
}
