package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import java.util.Map;

/** A trial whose every run has a stand of its own; so each warms up by itself. */
record FreshStand(Environment environment, Run measure) implements Trial {

    /** Measures once. */
    @FunctionalInterface
    interface Run {
        Map<String, Double> on(ReadyStand ready, Load load) throws InterruptedException;
    }

    @Override
    public void warmUp(Load load) {}

    @Override
    public Map<String, Double> run(Load load) throws InterruptedException {
        ReadyStand ready = environment.ready();
        try {
            return measure.on(ready, load);
        } finally {
            environment.close(ready.stand());
        }
    }
}
