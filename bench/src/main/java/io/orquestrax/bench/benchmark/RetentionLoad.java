package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A long and steady load while old instances go: whether latency and tables stay as they were. */
final class RetentionLoad implements Benchmark {
    private static final Figure LATENCY = Figure.atMost("retention-latency", 1.2, "of the first half's p95");
    private static final Figure SIZE = Figure.atMost("retention-size", 1.2, "of the first half's bytes");
    private static final int SLICES = 20;
    private static final int WINDOW_SLICES = 4;
    private static final String BYTES = """
            SELECT sum(pg_total_relation_size(inhrelid))::bigint
            FROM pg_inherits
            WHERE inhparent IN ('orquestrax.instance'::regclass, 'orquestrax.event'::regclass)""";

    @Override
    public List<Figure> figures() {
        return List.of(LATENCY, SIZE);
    }

    private record Slice(double tailMillis, double bytes) {}

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        Stand stand = environment.alone();
        long window = scale.steady().toMillis() * WINDOW_SLICES / SLICES;
        NodeProcess node = stand.startNode(NodeOptions.DEFAULT.with("retention", window + "ms"));
        stand.startWorker(node.address(), 1);
        OrquestraxClient client = stand.connect(node.address());
        OneStep.WORKFLOW.deploy(client);
        return new Trial() {
            /** Ten minutes need no run before: the first slices are not compared. */
            @Override
            public void warmUp(WarmUp warmUp) {}

            @Override
            public Map<String, Double> run(Load load) {
                List<Slice> slices = new ArrayList<>();
                for (int slice = 0; slice < SLICES; slice++) {
                    double tail = Latency.times(client, new Load(scale.steady().dividedBy(SLICES), load.instances(), 1))
                            .millis(0.95);
                    slices.add(new Slice(tail, bytes(stand.database())));
                }
                // By then as much goes as comes.
                List<Slice> first = slices.subList(SLICES / 2 - 2, SLICES / 2 + 2);
                List<Slice> last = slices.subList(SLICES - 4, SLICES);
                return Map.of(
                        LATENCY.name(), tail(last) / tail(first),
                        SIZE.name(), bytes(last) / bytes(first));
            }

            @Override
            public void close() {
                environment.close(stand);
            }
        };
    }

    private static double tail(List<Slice> slices) {
        return slices.stream().mapToDouble(Slice::tailMillis).average().orElse(Double.NaN);
    }

    private static double bytes(List<Slice> slices) {
        return slices.stream().mapToDouble(Slice::bytes).average().orElse(Double.NaN);
    }

    private static double bytes(Database database) {
        return database.with("read the size of the tables", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(BYTES)) {
                row.next();
                return row.getDouble(1);
            }
        });
    }
}
