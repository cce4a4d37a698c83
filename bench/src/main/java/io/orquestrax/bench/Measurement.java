package io.orquestrax.bench;

import io.orquestrax.bench.benchmark.Benchmark;
import io.orquestrax.bench.benchmark.Figure;
import io.orquestrax.bench.benchmark.Load;
import io.orquestrax.bench.benchmark.Scale;
import io.orquestrax.bench.benchmark.Trial;
import io.orquestrax.bench.environment.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How often is measured, and under which load.
 *
 * @param warmUp is run first and not counted: compilers and caches of all processes are cold at the start;
 *     null where speed does not matter
 */
record Measurement(@Nullable Load warmUp, Load load, int runs, Scale scale) {

    /** @param progress is told what is being run */
    List<Result> of(Benchmark benchmark, Environment environment, Consumer<String> progress)
            throws InterruptedException {
        String names =
                String.join(", ", benchmark.figures().stream().map(Figure::name).toList());
        progress.accept(names + ": setting up");
        Map<String, List<Double>> values = new HashMap<>();
        try (Trial trial = benchmark.open(environment, scale)) {
            if (warmUp != null) {
                progress.accept(names + ": warming up");
                trial.warmUp(warmUp);
            }
            for (int run = 1; run <= runs; run++) {
                progress.accept(names + ": run " + run + " of " + runs);
                trial.run(load)
                        .forEach((name, value) -> values.computeIfAbsent(name, unused -> new ArrayList<>())
                                .add(value));
            }
        }
        return benchmark.figures().stream()
                .map(figure -> new Result(figure, values.getOrDefault(figure.name(), List.of())))
                .toList();
    }
}
