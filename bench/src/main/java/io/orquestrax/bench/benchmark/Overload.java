package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.sdk.OrquestraxClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts that come four times as fast as they can be served, by callers that do not wait for ever. */
final class Overload implements Benchmark {
    private static final Figure GOODPUT = Figure.atLeast("overload", 0.9, "of saturation's");
    private static final Figure TAIL = Figure.atMost("overload-p99", 5000, "ms");
    private static final int TIMES = 4;

    /** What a caller waits for the end of its instance, and for the rest of its call. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration DEADLINE = Duration.ofSeconds(1);

    @Override
    public List<Figure> figures() {
        return List.of(GOODPUT, TAIL);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.shared();
        OneStep.WORKFLOW.deploy(ready.client());
        OrquestraxClient impatient = ready.stand().connect(ready.node().address(), DEADLINE);
        return new LevelTrial(ready, OneStep.WORKFLOW, load -> measure(ready.client(), impatient, load));
    }

    private static Map<String, Double> measure(OrquestraxClient client, OrquestraxClient impatient, Load load)
            throws InterruptedException {
        double saturation = new ClosedLoop(client, OneStep.WORKFLOW, load).run().instancesPerSecond();
        OpenLoop.Outcome outcome = new OpenLoop(impatient, OneStep.WORKFLOW, load, PATIENCE).run(TIMES * saturation);
        return Map.of(
                GOODPUT.name(),
                outcome.instancesPerSecond() / saturation,
                TAIL.name(),
                outcome.latencies().millis(0.99));
    }
}
