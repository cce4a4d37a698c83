package io.orquestrax.store.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.Status;
import io.orquestrax.store.Plans;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With many rows, most of them closed, every list and every recovery read is a range of an index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceListPlanTest {
    private static final String FILL = """
            INSERT INTO orquestrax.instance
                (id, partition, namespace, name, version, content_hash, key, status, started_at, updated_at, closed_at,
                 wake_at, tags, input)
            SELECT ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7' || lpad(to_hex(n % 4096), 3, '0')
                       || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                   n % 16, 'space-' || n % 3, 'name-' || n % 20, '1.0.0', 'h', CASE WHEN n % 2 = 0 THEN 'key-' || n END,
                   status, now(), now(), CASE WHEN status = 'completed' THEN now() END,
                   CASE WHEN status = 'waiting' THEN now() + n * interval '1 second' END, '{}', '{"some": "input"}'
            FROM (SELECT n, CASE WHEN n % 100 = 0 THEN 'running' WHEN n % 100 = 1 THEN 'faulted'
                                 WHEN n % 50 = 7 THEN 'waiting' ELSE 'completed' END AS status
                  FROM generate_series(1, 30000) AS n) AS numbered""";
    private static final String DEPLOY = """
            INSERT INTO orquestrax.definition
                (namespace, name, version, version_order, content_hash, title, summary, source, deployed_at, deployed_by)
            SELECT DISTINCT namespace, name, '1.0.0', '~', 'h', '', '', '', now(), 'me' FROM orquestrax.instance""";

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final Plans plans = new Plans(testing.database(), InstanceQueries.class);

    InstanceListPlanTest() {
        testing.database().with("fill", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(FILL);
                statement.execute(DEPLOY);
                return statement.execute("ANALYZE orquestrax.instance, orquestrax.definition");
            }
        });
    }

    @AfterAll
    void close() {
        testing.close();
    }

    @Test
    void readsAllThroughThePrimaryKey() {
        assertThat(plan(InstanceFilter.ALL)).contains("Index Scan Backward using instance_pkey");
    }

    @Test
    void readsByStatus() {
        for (Set<Status> statuses : Set.of(
                Set.of(Status.RUNNING),
                Set.of(Status.COMPLETED),
                Set.of(Status.SUSPENDED),
                Set.of(Status.RUNNING, Status.WAITING, Status.COMPLETED))) {
            assertThat(plan(new InstanceFilter(statuses, null, null, null)))
                    .contains("Index Scan Backward using instance_by_status");
        }
    }

    @Test
    void readsByDefinition() {
        assertThat(plan(new InstanceFilter(Set.of(), "space-1", "name-1", null)))
                .contains("Index Scan Backward using instance_by_definition");
        assertThat(plan(new InstanceFilter(Set.of(Status.FAULTED), "space-1", "name-1", null)))
                .contains("Index Scan Backward using instance_by_definition");
        assertThat(plan(new InstanceFilter(Set.of(), "space-1", null, null)))
                .contains("Index Scan Backward using instance_by_definition");
        assertThat(plan(new InstanceFilter(Set.of(Status.RUNNING), null, "name-1", null)))
                .contains("Index Scan Backward using instance_by_definition");
    }

    @Test
    void readsByKey() {
        assertThat(plan(new InstanceFilter(Set.of(), null, null, "key-20000"))).contains("instance_by_key");
        assertThat(plan(new InstanceFilter(Set.of(Status.COMPLETED), "space-1", "name-1", "none")))
                .contains("instance_by_key");
    }

    @Test
    void readsWhatRecoveryNeeds() {
        assertThat(plans.ofFile("running.sql", statement -> statement.setInt(1, 3)))
                .contains("instance_running");
        assertThat(plans.ofFile("wake-ups.sql", statement -> {
                    statement.setInt(1, 3);
                    statement.setObject(2, OffsetDateTime.MAX);
                    statement.setInt(3, 100);
                }))
                .contains("instance_to_wake");
        assertThat(plans.ofFile("open-counts.sql", statement -> {})).contains("instance_by_status");
        assertThat(plans.ofFile("history.sql", statement -> {
                    statement.setObject(1, new UUID(1, 1));
                    statement.setLong(2, 0);
                    statement.setInt(3, 100);
                }))
                .contains("event_pkey");
    }

    @Test
    void readsTheSameWayWhenThePlanIsMadeBeforeTheParametersAreKnown() {
        for (String file : List.of(
                "list.sql",
                "list-by-status.sql",
                "list-by-definition.sql",
                "list-by-key.sql",
                "running.sql",
                "wake-ups.sql",
                "history.sql")) {
            assertThat(plans.generic(file)).as(file).contains("Index").doesNotContain("Bitmap");
        }
    }

    private String plan(InstanceFilter filter) {
        InstanceList list = InstanceList.page(filter, 51, null);
        return plans.of(list.sql(), list::bind);
    }
}
