package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsOnNodeTest {
    private static final long EVENTS_OF_LONG = 6_000;
    private static final String LONG = """
            - each:
                for:
                  in: ${ [range(3000)] }
                  each: n
                do:
                  - add:
                      set:
                        sum: ${ (.sum // 0) + $n }
            - charge:
                call: charge-card
                export:
                  as: { sum: '${ $input.sum }' }
            - result:
                set:
                  sum: ${ $context.sum }
            """;

    private final TestingDatabase database = TestingPostgres.freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readsOnlyWhatCameAfterTheSnapshot() {
        UUID id = runsUntilItsJob("100");
        long sequence = number("SELECT sequence FROM orquestrax.snapshot WHERE instance_id = '" + id + "'");
        assertThat(sequence).isGreaterThan(EVENTS_OF_LONG - 500);

        execute("ALTER TABLE orquestrax.event DISABLE TRIGGER event_is_append_only");
        execute("DELETE FROM orquestrax.event WHERE instance_id = '" + id + "' AND sequence BETWEEN 2 AND " + sequence);

        completesItsJob(id, "100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = '[{}]'",
                "state = '{}'",
                "state = (SELECT json_build_array(state -> 0) FROM orquestrax.snapshot)",
                "sequence = sequence - 1",
                "version = version + 1"
            })
    void readsTheHistoryFromItsBeginningWhereTheSnapshotCannotBeUsed(String damage) {
        UUID id = runsUntilItsJob("100");
        assertThat(number("SELECT count(*) FROM orquestrax.snapshot")).isEqualTo(1);

        execute("UPDATE orquestrax.snapshot SET " + damage);

        completesItsJob(id, "100");
    }

    @Test
    void takesNoneOfShortInstances() {
        try (TestingNode node = nodeWith("50")) {
            node.deploy("short", "- one:\n    set: { n: 1 }\n- two:\n    call: charge-card");
            UUID id = node.start("short").id();
            JobAssignment job = job(node);

            assertThat(node.count("orquestrax.snapshots.taken")).isZero();
            assertThat(number("SELECT count(*) FROM orquestrax.snapshot")).isZero();
            node.dispatcher().complete(job.id(), Json.readTrusted("1")).join();
            assertThat(node.awaitClosed(id).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void servesTheOthersWhileALongHistoryIsRead() throws Exception {
        UUID id = runsUntilItsJob("1000000");
        assertThat(number("SELECT count(*) FROM orquestrax.snapshot")).isZero();
        long fence = 42;
        execute("ALTER TABLE orquestrax.event RENAME TO event_kept");
        execute("CREATE VIEW orquestrax.event AS SELECT * FROM orquestrax.event_kept WHERE instance_id <> '" + id
                + "' OR sequence <= 5000 OR pg_advisory_lock_shared(" + fence + ") IS NOT NULL");

        try (Connection holder = database.database().connect();
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(" + fence + ")");
            try (TestingNode node = nodeWith("1000")) {
                node.deploy("other", "- one:\n    set: { n: 1 }");
                CompletableFuture<InstanceRow> suspended = node.orchestration().suspend(TestingNode.CALLER, id, "test");
                UUID other = node.start("other").id();

                assertThat(node.awaitClosed(other).status()).isEqualTo(Status.COMPLETED);
                assertThat(suspended).isNotDone();
                assertThat(node.partitions().isServing(other)).isTrue();
                assertThat(node.partitions().isServing(id))
                        .as("its jobs are not known yet")
                        .isFalse();
                assertThat(node.meter("orquestrax.instances.loading")).isEqualTo(1);

                lock.execute("SELECT pg_advisory_unlock(" + fence + ")");
                assertThat(suspended.join().status()).isEqualTo(Status.SUSPENDED);
                assertThat(node.meter("orquestrax.instances.loading")).isZero();
                assertThat(node.partitions().isServing(id)).isTrue();
                TestingNode.until(
                        "a snapshot is there",
                        () -> number("SELECT count(*) FROM orquestrax.snapshot WHERE sequence > 5000") == 1);
                node.orchestration().resume(TestingNode.CALLER, id, "test").join();
                completesItsJob(node, id);
            }
        }
    }

    @Test
    void aCommandForALongHistoryThatIsNotInMemoryWaitsForIt() {
        UUID id = runsUntilItsJob("1000000");
        try (TestingNode node = nodeWith("1000000")) {
            node.orchestration().suspend(TestingNode.CALLER, id, "test").join();
        }

        try (TestingNode node = nodeWith("1000")) {
            assertThat(node.meter("orquestrax.instances.resident")).isZero();
            node.orchestration().resume(TestingNode.CALLER, id, "test").join();
            completesItsJob(node, id);
        }
    }

    private UUID runsUntilItsJob(String interval) {
        try (TestingNode node = nodeWith(interval)) {
            node.deploy("long", LONG);
            UUID id = node.start("long").id();
            job(node);
            assertThat(number("SELECT max(sequence) FROM orquestrax.event")).isGreaterThan(EVENTS_OF_LONG);
            return id;
        }
    }

    private void completesItsJob(UUID id, String interval) {
        try (TestingNode node = nodeWith(interval)) {
            completesItsJob(node, id);
        }
    }

    private void completesItsJob(TestingNode node, UUID id) {
        node.dispatcher().complete(job(node).id(), Json.readTrusted("1")).join();
        InstanceRow closed = node.awaitClosed(id);
        assertThat(closed.status()).isEqualTo(Status.COMPLETED);
        assertThat(closed.output()).isEqualTo("{\"sum\":4498500}");
        assertThat(number("SELECT count(*) FROM orquestrax.snapshot")).isZero();
    }

    private static JobAssignment job(TestingNode node) {
        List<JobAssignment> jobs = node.dispatcher()
                .activate(Set.of("charge-card"), "till", 1, Duration.ofSeconds(20), Duration.ofMinutes(1))
                .join();
        return jobs.getFirst();
    }

    private TestingNode nodeWith(String interval) {
        Map<String, String> flags =
                Map.of("partitions", "1", "snapshots.interval", interval, "worker.unclaimed-grace", "10ms");
        return TestingNode.on(database, Settings.load(null, Map.of(), flags));
    }

    private void execute(String sql) {
        database.database().with("change the database", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private long number(String sql) {
        return database.database().with("read a number", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getLong(1) : -1;
            }
        });
    }
}
