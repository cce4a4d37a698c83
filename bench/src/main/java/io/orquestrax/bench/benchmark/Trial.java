package io.orquestrax.bench.benchmark;

import java.util.Map;

/** A benchmark that is set up. */
public interface Trial extends AutoCloseable {

    /** Called once, before the first run. */
    default void warmUp(WarmUp warmUp) throws InterruptedException {
        warmUp.once(this);
    }

    /** Measures once; answers a value for each figure, by name, and for {@linkplain Figure#part parts} of some. */
    Map<String, Double> run(Load load) throws InterruptedException;

    /** Ends what is the benchmark's own. */
    @Override
    default void close() {}
}
