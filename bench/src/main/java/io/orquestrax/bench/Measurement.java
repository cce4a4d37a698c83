package io.orquestrax.bench;

import io.orquestrax.bench.benchmark.Benchmark;
import io.orquestrax.bench.benchmark.Figure;
import io.orquestrax.bench.benchmark.Load;
import io.orquestrax.bench.benchmark.Scale;
import io.orquestrax.bench.benchmark.Trial;
import io.orquestrax.bench.benchmark.WarmUp;
import io.orquestrax.bench.environment.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How often is measured, and under which load.
 *
 * @param warmUp what all benchmarks run before
 */
record Measurement(WarmUp warmUp, Load load, int runs, Scale scale) {

    /** @param progress is told what is being run */
    List<Result> of(Benchmark benchmark, Environment environment, Consumer<String> progress)
            throws InterruptedException {
        String names =
                String.join(", ", benchmark.figures().stream().map(Figure::name).toList());
        progress.accept(names + ": setting up");
        Map<String, List<Double>> values = new HashMap<>();
        try (Trial trial = benchmark.open(environment, scale)) {
            progress.accept(names + ": warming up");
            trial.warmUp(warmUp);
            for (int run = 1; run <= runs; run++) {
                progress.accept(names + ": run " + run + " of " + runs);
                trial.run(load)
                        .forEach((name, value) -> values.computeIfAbsent(name, unused -> new ArrayList<>())
                                .add(value));
            }
        }
        WarmUp.Report warmed = warmUp.report();
        return benchmark.figures().stream()
                .map(figure -> Result.of(figure, values, warmed))
                .toList();
    }
}
