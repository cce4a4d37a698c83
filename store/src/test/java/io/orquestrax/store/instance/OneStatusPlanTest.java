package io.orquestrax.store.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.Status;
import io.orquestrax.store.Plans;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where all instances have one status and one definition, the others are not looked for among all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneStatusPlanTest {
    private static final String FILL = """
            INSERT INTO orquestrax.instance
                (id, partition, namespace, name, version, content_hash, status, started_at, updated_at, closed_at, tags,
                 input)
            SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n % 16, 'space', 'name', '1.0.0', 'h',
                   'completed', now(), now(), now(), '{}', '{}'
            FROM generate_series(1, 30000) AS n""";

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final Plans plans = new Plans(testing.database(), InstanceQueries.class);

    OneStatusPlanTest() {
        testing.database().with("fill", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(FILL);
                return statement.execute("ANALYZE orquestrax.instance");
            }
        });
    }

    @AfterAll
    void close() {
        testing.close();
    }

    @Test
    void readsARareStatusThroughItsIndex() {
        assertThat(plan(new InstanceFilter(Set.of(Status.FAULTED), null, null, null)))
                .contains("instance_by_status")
                .doesNotContain("pkey");
        assertThat(plans.generic("list-by-status.sql"))
                .contains("instance_by_status")
                .doesNotContain("pkey");
    }

    @Test
    void readsARareStatusOfADefinitionThroughItsIndex() {
        assertThat(plan(new InstanceFilter(Set.of(Status.FAULTED), "space", "name", null)))
                .contains("instance_by_definition")
                .doesNotContain("using instance_pkey");
        assertThat(plans.generic("list-by-definition.sql"))
                .contains("instance_by_definition")
                .doesNotContain("using instance_pkey");
    }

    private String plan(InstanceFilter filter) {
        InstanceList list = InstanceList.page(filter, 51, null);
        return plans.of(list.sql(), list::bind);
    }
}
