package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.ReadyStand;
import java.util.Map;

/** A trial on a stand that others use too, begun once the rate of a workflow there is level. */
record LevelTrial(ReadyStand ready, Workflow workflow, Run measure) implements Trial {

    /** Measures once. */
    @FunctionalInterface
    interface Run {
        Map<String, Double> under(Load load) throws InterruptedException;
    }

    @Override
    public void warmUp(WarmUp warmUp) throws InterruptedException {
        warmUp.untilLevel(ready, workflow);
        warmUp.once(this);
    }

    @Override
    public Map<String, Double> run(Load load) throws InterruptedException {
        return measure.under(load);
    }
}
