package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a node does that has nothing to do. */
final class Idle implements Benchmark {
    private static final Figure STATEMENTS = Figure.atMost("idle", 1, "statements/s");
    private static final Figure CPU = Figure.atMost("idle-cpu", 2, "% of a core");
    private static final double PERCENT = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Without those of the benchmark itself. */
    private static final String COUNT = "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements"
            + " WHERE query NOT LIKE '%pg_stat_statements%'";

    @Override
    public List<Figure> figures() {
        return List.of(STATEMENTS, CPU);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        Stand stand = environment.alone();
        stand.countStatements();
        NodeProcess node = stand.startNode(NodeOptions.DEFAULT);
        return new Trial() {
            /** Until what follows a start is over. */
            @Override
            public void warmUp(WarmUp warmUp) throws InterruptedException {
                if (warmUp.isWanted()) {
                    Thread.sleep(scale.idle());
                }
            }

            @Override
            public Map<String, Double> run(Load load) throws InterruptedException {
                long statements = statements(stand.database());
                Duration cpu = node.cpu();
                long began = System.nanoTime();
                Thread.sleep(scale.idle());
                double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
                return Map.of(
                        STATEMENTS.name(), (statements(stand.database()) - statements) / seconds,
                        CPU.name(), PERCENT * node.cpu().minus(cpu).toNanos() / NANOS_PER_SECOND / seconds);
            }

            @Override
            public void close() {
                environment.close(stand);
            }
        };
    }

    private static long statements(Database database) {
        return database.with("count statements", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(COUNT)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
