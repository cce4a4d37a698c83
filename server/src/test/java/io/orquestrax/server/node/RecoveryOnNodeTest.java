package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a partition's new owner reads what runs. */
class RecoveryOnNodeTest {
    private static final int INSTANCES = 40;
    private static final String ALONE = "WHERE instance_id = $1 AND version = $2";
    private static final String TOGETHER = "WHERE instance_id = ANY ($1::uuid[]) AND version = $2";

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final HeardStatements heard = new HeardStatements();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readsTheInstancesOfAPartitionTogether() {
        try (TestingNode before = TestingNode.on(database)) {
            before.deploy("shop", "- charge:\n    call: charge-card");
            for (int number = 0; number < INSTANCES; number++) {
                before.start("shop");
            }
        }

        try (TestingNode after = TestingNode.on(heard.heard(database))) {
            TestingNode.until("all are there", () -> after.meter("orquestrax.instances.resident") == INSTANCES);
            assertThat(sent(TOGETHER)).isBetween(1, after.partitions().count());
            assertThat(sent(ALONE)).isZero();
        }
    }

    private int sent(String part) {
        return heard.counts().entrySet().stream()
                .filter(entry -> entry.getKey().contains(part))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
