package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.Status;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceQueries;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionOnNodeTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void letsGoOfWhatIsClosedAndOldWhileTheOpenGoOn() {
        Settings settings = Settings.load(null, Map.of(), Map.of("port", "0", "retention", "2s"));
        try (TestingNode node = TestingNode.on(database, settings)) {
            InstanceQueries queries = new InstanceQueries(database.database());
            node.deploy("short", "- done:\n    set:\n      n: 1");
            node.deploy(
                    "long", "- hear:\n    listen:\n      to:\n        one:\n          with:\n            type: never");
            UUID open = node.start("long").id();
            UUID closed = node.start("short").id();
            assertThat(node.awaitClosed(closed).status()).isEqualTo(Status.COMPLETED);

            TestingNode.until(
                    "the closed one has gone", () -> queries.find(closed).isEmpty());

            assertThat(queries.history(closed, 0, 10)).isEmpty();
            assertThat(queries.find(open).orElseThrow().status()).isEqualTo(Status.WAITING);
            UUID later = node.start("short").id();
            assertThat(node.awaitClosed(later).status()).isEqualTo(Status.COMPLETED);
        }
    }
}
