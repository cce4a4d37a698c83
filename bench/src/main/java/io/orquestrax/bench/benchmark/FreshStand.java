package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A trial whose every run has a stand of its own; so each warms up by itself. */
final class FreshStand implements Trial {
    private final Environment environment;
    private final Run measure;
    private @Nullable WarmUp warmUp;

    FreshStand(Environment environment, Run measure) {
        this.environment = environment;
        this.measure = measure;
    }

    /** Measures once. */
    @FunctionalInterface
    interface Run {
        Map<String, Double> on(ReadyStand ready, Load load, WarmUp warmUp) throws InterruptedException;
    }

    @Override
    public void warmUp(WarmUp ofEachRun) {
        warmUp = ofEachRun;
    }

    @Override
    public Map<String, Double> run(Load load) throws InterruptedException {
        ReadyStand ready = environment.ready();
        try {
            return measure.on(ready, load, Objects.requireNonNull(warmUp, "warmUp"));
        } finally {
            environment.close(ready.stand());
        }
    }
}
