package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.data.InstanceCopies;
import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.store.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The first page of the dashboard's list among very many closed instances, under several filters. */
final class ListPage implements Benchmark {
    private static final Figure TIME = Figure.atMost("list-page", 50, "ms");
    private static final Figure SCANS = Figure.atMost("list-page-scans", 0, "sequential scans");
    private static final List<String> PAGES = List.of(
            "/instances",
            "/instances?status=completed",
            "/instances?namespace=bench&name=one-step",
            "/instances?namespace=bench&name=one-step&status=completed",
            "/instances?status=faulted",
            "/instances?key=none");
    private static final String COUNT =
            "SELECT coalesce(sum(seq_scan), 0)::bigint FROM pg_stat_user_tables WHERE relname LIKE 'instance%'";

    @Override
    public List<Figure> figures() {
        return List.of(TIME, SCANS);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.ready();
        Stand stand = ready.stand();
        OneStep.WORKFLOW.deploy(ready.client());
        UUID template = UUID.fromString(OneStep.WORKFLOW.run(ready.client()).id());
        stand.stop(ready.node());
        new InstanceCopies(stand.database(), template).writeRowsOnly(scale.closed());
        NodeProcess node = stand.startNode(NodeOptions.DEFAULT);
        return new Trial() {
            @Override
            public Map<String, Double> run(Load load) {
                long scans = scans(stand.database());
                long[] nanos = new long[scale.requests() * PAGES.size()];
                for (int index = 0; index < nanos.length; index++) {
                    long began = System.nanoTime();
                    var _ = node.get(PAGES.get(index % PAGES.size()));
                    nanos[index] = System.nanoTime() - began;
                }
                return Map.of(TIME.name(), new Percentiles(nanos, nanos.length).millis(0.95), SCANS.name(), (double)
                        (scans(stand.database()) - scans));
            }

            @Override
            public void close() {
                environment.close(stand);
            }
        };
    }

    private static long scans(Database database) {
        return database.with("count scans", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(COUNT)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
