package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.data.InstanceCopies;
import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Very many timers due in the same second: until all have fired and are committed, while a caller goes on beside.
 * Where the node is not ready in that second, the time runs from when it is.
 */
final class DueTimers implements Benchmark {
    private static final Figure TIME = Figure.atMost("timers", 20, "s");
    private static final Figure OTHERS = Figure.atMost("timers-others-p95", 1000, "ms");
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int MILLIS = 1000;
    private static final int MOST_OTHERS = 100_000;
    private static final Workflow WORKFLOW = new Workflow("timers", """
            - pause:
                wait: PT2H
            - last:
                set:
                  number: 1
            """, 1);
    private static final String OPEN = "SELECT count(*)::integer FROM orquestrax.instance WHERE name = 'timers'"
            + " AND namespace = 'bench' AND status IN ('running', 'waiting') AND wake_at < ?";
    private static final String LAST =
            "SELECT max(closed_at) FROM orquestrax.instance WHERE namespace = 'bench' AND name = 'timers'";

    @Override
    public List<Figure> figures() {
        return List.of(TIME, OTHERS);
    }

    @Override
    public Trial open(Environment environment, Scale scale) {
        return new FreshStand(environment, (ready, load, warmUp) -> fire(ready, scale, load));
    }

    private static Map<String, Double> fire(ReadyStand ready, Scale scale, Load load) throws InterruptedException {
        WORKFLOW.deploy(ready.client());
        Instance template = WORKFLOW.start(ready.client()).join();
        Stand stand = ready.stand();
        stand.stop(ready.node());
        Instant second = Clock.systemUTC().instant().plus(scale.lead());
        new InstanceCopies(stand.database(), UUID.fromString(template.id()))
                .write(scale.timers(), index -> second.plusMillis(index % MILLIS));
        NodeProcess node = stand.startNode(NodeOptions.DEFAULT);
        stand.startWorker(node.address(), load.inFlight());
        OrquestraxClient client = stand.connect(node.address());
        OneStep.WORKFLOW.deploy(client);
        var _ = OneStep.WORKFLOW.run(client);
        Instant serving = Clock.systemUTC().instant();
        Instant begin = serving.isAfter(second) ? serving : second;
        Thread.sleep(Duration.between(serving, begin));
        Percentiles others = othersUntilAllFired(client, stand.database(), second.plusSeconds(1));
        double seconds = Duration.between(begin, last(stand.database())).toMillis() / MILLIS_PER_SECOND;
        // All may have fired before the first look.
        return Map.of(TIME.name(), Math.max(0, seconds), OTHERS.name(), others.millis(0.95));
    }

    private static Percentiles othersUntilAllFired(OrquestraxClient client, Database database, Instant before)
            throws InterruptedException {
        long[] nanos = new long[MOST_OTHERS];
        int count = 0;
        long looked = 0;
        while (count < MOST_OTHERS) {
            long began = System.nanoTime();
            var _ = OneStep.WORKFLOW.run(client);
            nanos[count++] = System.nanoTime() - began;
            // Not more often, since looking costs the database something as well.
            if (System.nanoTime() - looked > Duration.ofMillis(500).toNanos()) {
                looked = System.nanoTime();
                if (open(database, before) == 0) {
                    break;
                }
            }
        }
        return new Percentiles(nanos, count);
    }

    private static int open(Database database, Instant before) {
        return database.with("count what has not fired", connection -> {
            try (var statement = connection.prepareStatement(OPEN)) {
                statement.setObject(1, before.atOffset(java.time.ZoneOffset.UTC));
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    private static Instant last(Database database) {
        return database.with("read the last end", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(LAST)) {
                row.next();
                return row.getObject(1, java.time.OffsetDateTime.class).toInstant();
            }
        });
    }
}
