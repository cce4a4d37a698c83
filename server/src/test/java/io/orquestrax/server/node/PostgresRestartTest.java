package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.Status;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.Database;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRestartTest {
    private static final Settings SETTINGS = Settings.load(
            null, Map.of(), Map.of("partitions", "4", "cluster.heartbeat", "200ms", "cluster.stale-after", "2s"));

    @TempDir
    private Path directory;

    @Test
    void nodesWaitSaySoAndGoOnWithWhatTheyOwned() {
        EmbeddedPostgres server = EmbeddedPostgres.start(directory);
        try (Database database = Database.open(server.jdbcUrl(), server.user(), server.password(), 2)) {
            TestingDatabase testing = new TestingDatabase(server.jdbcUrl(), server.user(), server.password(), database);
            try (TestingNode a = TestingNode.on(testing, SETTINGS)) {
                a.deploy("nap", "- nap:\n    wait: PT6S");
                List<UUID> naps = IntStream.range(0, 12)
                        .mapToObj(count -> a.start("nap").id())
                        .toList();
                try (TestingNode b = joined(a, testing)) {
                    List<ClusterView.PartitionView> before = a.cluster().partitions();
                    server.close();
                    awaitAway(a, b);

                    server = EmbeddedPostgres.start(directory);

                    TestingNode.until("both are back", () -> isReady(a) && isReady(b));
                    for (UUID id : naps) {
                        TestingNode.until("it is over", () -> a.instance(id).status() == Status.COMPLETED);
                    }
                    TestingNode.until("each knows the other", () -> areAll(a, "serving"));
                    assertThat(a.cluster().partitions()).isEqualTo(before);
                }
            }
        } finally {
            server.close();
        }
    }

    private static void awaitAway(TestingNode a, TestingNode b) {
        TestingNode.until("both say so", () -> isAway(a) && isAway(b));
        TestingNode.until("the view says so", () -> areAll(a, "lost"));
    }

    private static boolean areAll(TestingNode node, String state) {
        return node.cluster().nodes().stream().map(ClusterView.NodeView::state).allMatch(state::equals);
    }

    private static TestingNode joined(TestingNode a, TestingDatabase database) {
        TestingNode b = TestingNode.on(database, SETTINGS);
        TestingNode.until(
                "they share",
                () -> a.partitions().serving().size() == 2
                        && b.partitions().serving().size() == 2);
        TestingNode.until(
                "the view is new",
                () -> a.cluster().nodes().stream()
                        .allMatch(node -> node.partitions().size() == 2));
        return b;
    }

    private static boolean isAway(TestingNode node) {
        return node.services()
                .readiness()
                .reasonNotReady()
                .filter(reason -> reason.contains("database"))
                .isPresent();
    }

    private static boolean isReady(TestingNode node) {
        return node.services().readiness().reasonNotReady().isEmpty();
    }
}
