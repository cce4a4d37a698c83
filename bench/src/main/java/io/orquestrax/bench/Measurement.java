package io.orquestrax.bench;

import io.orquestrax.bench.benchmark.Benchmark;
import io.orquestrax.bench.benchmark.Figure;
import io.orquestrax.bench.benchmark.Load;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How often is measured, and under which load.
 *
 * @param warmUp is run first and not counted: compilers and caches of all processes are cold at the start
 */
record Measurement(Load warmUp, Load load, int runs) {

    /** @param progress is told what is being run */
    List<Result> of(Benchmark benchmark, OrquestraxClient client, Consumer<String> progress)
            throws InterruptedException {
        String names =
                String.join(", ", benchmark.figures().stream().map(Figure::name).toList());
        progress.accept(names + ": warming up");
        benchmark.prepare(client);
        var _ = benchmark.run(client, warmUp);
        Map<String, List<Double>> values = new HashMap<>();
        for (int run = 1; run <= runs; run++) {
            progress.accept(names + ": run " + run + " of " + runs);
            benchmark
                    .run(client, load)
                    .forEach((name, value) -> values.computeIfAbsent(name, unused -> new ArrayList<>())
                            .add(value));
        }
        return benchmark.figures().stream()
                .map(figure -> new Result(figure, values.getOrDefault(figure.name(), List.of())))
                .toList();
    }
}
