package io.orquestrax.bench.benchmark;

import java.util.Map;

/** A benchmark that is set up. */
public interface Trial extends AutoCloseable {

    /** Runs once, not counted: compilers and caches of all processes are cold at the start. */
    default void warmUp(Load load) throws InterruptedException {
        var _ = run(load);
    }

    /** Measures once; answers a value for each figure, by name. */
    Map<String, Double> run(Load load) throws InterruptedException;

    /** Ends what is the benchmark's own. */
    @Override
    default void close() {}
}
