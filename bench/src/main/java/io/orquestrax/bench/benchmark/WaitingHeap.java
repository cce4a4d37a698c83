package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.data.InstanceCopies;
import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.store.Database;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A node whose heap has no more than the goal, with very many instances that wait for times and events: how it starts,
 * whether those that are due wake up on time, and what its heap holds then.
 */
final class WaitingHeap implements Benchmark {
    private static final Figure HEAP = Figure.atMost("waiting-heap", 512, "MB");
    private static final Figure RESTART = Figure.atMost("waiting-restart", 5, "s");
    private static final Figure LAG = Figure.atMost("waiting-lag-p95", 1000, "ms");
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int DUE = 1000;
    private static final int DUE_SHARE = 4;
    private static final Duration FAR = Duration.ofHours(6);
    private static final Workflow TIMER = new Workflow("waiting-timer", """
            - pause:
                wait: PT6H
            - last:
                set:
                  number: 1
            """, 1);
    private static final Workflow LISTENER = new Workflow("waiting-listener", """
            - listen:
                listen:
                  to:
                    one:
                      with:
                        type: bench.never
            - last:
                set:
                  number: 1
            """, 1);
    private static final String LATE = """
            SELECT extract(epoch FROM i.closed_at - (e.data ->> 'due')::timestamptz) * 1e9
            FROM orquestrax.instance i
            JOIN orquestrax.event e ON e.instance_id = i.id AND e.type = 'WaitStarted'
            WHERE i.namespace = 'bench' AND i.name = 'waiting-timer' AND i.status = 'completed'
              AND i.closed_at >= ?
            """;

    @Override
    public List<Figure> figures() {
        return List.of(HEAP, RESTART, LAG);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.ready();
        Stand stand = ready.stand();
        TIMER.deploy(ready.client());
        LISTENER.deploy(ready.client());
        UUID timer = UUID.fromString(TIMER.start(ready.client()).join().id());
        UUID listener = UUID.fromString(LISTENER.start(ready.client()).join().id());
        Waits.until("both wait", () -> ready.node().meter("orquestrax_instances_resident") == 0);
        stand.stop(ready.node());
        Instant far = Clock.systemUTC().instant().plus(FAR);
        InstanceCopies timers = new InstanceCopies(stand.database(), timer);
        timers.write(scale.waiting() / 2, far::plusSeconds);
        new InstanceCopies(stand.database(), listener).write(scale.waiting() / 2, index -> far);
        return new Trial() {
            @Override
            public void warmUp(WarmUp warmUp) {}

            @Override
            public Map<String, Double> run(Load load) throws InterruptedException {
                return restart(stand, timers, Math.min(DUE, scale.waiting() / DUE_SHARE), scale);
            }

            @Override
            public void close() {
                environment.close(stand);
            }
        };
    }

    private static Map<String, Double> restart(Stand stand, InstanceCopies timers, int due, Scale scale)
            throws InterruptedException {
        Instant soon = Clock.systemUTC().instant().plus(scale.lead().dividedBy(2));
        timers.write(due, index -> soon.plusMillis(10L * index));
        NodeProcess node = stand.startNode(
                NodeOptions.DEFAULT.with("-Xmx" + (int) HEAP.goal().value() + "m"));
        OrquestraxClient client = stand.connect(node.address());
        Waits.until("those that are due have woken up", () -> late(stand.database(), soon).length == due);
        OneTask.run(client);
        long[] late = late(stand.database(), soon);
        double megabytes = node.liveHeapBytes() / 1e6;
        stand.stop(node);
        return Map.of(
                HEAP.name(),
                megabytes,
                RESTART.name(),
                node.startTook().toMillis() / MILLIS_PER_SECOND,
                LAG.name(),
                new Percentiles(late, late.length).millis(0.95));
    }

    /** By how many nanoseconds each of those that have closed since was late. */
    private static long[] late(Database database, Instant since) {
        return database.with("read how late they were", connection -> {
            try (var statement = connection.prepareStatement(LATE)) {
                statement.setObject(1, since.atOffset(java.time.ZoneOffset.UTC));
                return longs(statement);
            }
        });
    }

    private static long[] longs(java.sql.PreparedStatement statement) throws SQLException {
        java.util.stream.LongStream.Builder found = java.util.stream.LongStream.builder();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                found.add((long) row.getDouble(1));
            }
        }
        return found.build().toArray();
    }
}
