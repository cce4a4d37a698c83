package io.orquestrax.bench.benchmark;

import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** One way to use the platform, and what is measured of it. */
public interface Benchmark {

    /** What a run measures; their names are unique among all benchmarks. */
    List<Figure> figures();

    /** Called once, before the first run. */
    void prepare(OrquestraxClient client);

    /** Measures once; answers a value for each figure, by name. */
    Map<String, Double> run(OrquestraxClient client, Load load) throws InterruptedException;

    /** In the order in which they are run. */
    static List<Benchmark> all() {
        return List.of(new OneStep(), new TenStep(), new Latency());
    }
}
