package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** Instances of one step that a client starts and awaits. */
final class OneStep implements Benchmark {
    static final Workflow WORKFLOW = Workflow.ofSteps("one-step", 1);

    private static final Figure RATE = Figure.atLeast("one-step", 4000, "instances/s");

    @Override
    public List<Figure> figures() {
        return List.of(RATE);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        OrquestraxClient client = environment.shared().client();
        WORKFLOW.deploy(client);
        return load -> Map.of(RATE.name(), new ClosedLoop(client, WORKFLOW, load).instancesPerSecond());
    }
}
