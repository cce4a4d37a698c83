package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.Stand;
import java.util.List;
import java.util.Map;

/** Memory that a node has of the machine which has just started and done nothing. */
final class IdleMemory implements Benchmark {
    private static final Figure RESIDENT = Figure.atMost("idle-memory", 200, "MB");
    private static final double KIBIBYTES_PER_MEGABYTE = 1e6 / 1024;

    @Override
    public List<Figure> figures() {
        return List.of(RESIDENT);
    }

    @Override
    public Trial open(Environment environment, Scale scale) {
        Stand stand = environment.alone();
        return new Trial() {
            @Override
            public Map<String, Double> run(Load load) throws InterruptedException {
                NodeProcess node = stand.startNode(NodeOptions.DEFAULT);
                Thread.sleep(scale.idle());
                double megabytes = node.residentKibibytes() / KIBIBYTES_PER_MEGABYTE;
                stand.stop(node);
                return Map.of(RESIDENT.name(), megabytes);
            }

            @Override
            public void close() {
                environment.close(stand);
            }
        };
    }
}
