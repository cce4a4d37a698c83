package io.orquestrax.store.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.node.NodeRow;
import io.orquestrax.store.node.NodeSession;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionRegisterTest {
    private static final Duration STALE = Duration.ofSeconds(3);

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final PartitionRegister register = new PartitionRegister(testing.database());

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void numbersPartitionsFromZeroAndKeepsTheirCount() {
        assertThat(register.initialize(3)).isEqualTo(3);
        assertThat(register.initialize(8)).isEqualTo(3);
        assertThat(TestingClaims.all(testing.database(), "a")).isEqualTo(Map.of(0, 1L, 1, 1L, 2, 1L));
    }

    @Test
    void agreesOnOneCountWhenNodesStartAtOnce() throws Exception {
        List<Future<Integer>> counts = new ArrayList<>();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 8; node++) {
                int wanted = 4 + node;
                counts.add(nodes.submit(() -> register.initialize(wanted)));
            }
        }
        int agreed = counts.getFirst().get();
        for (Future<Integer> count : counts) {
            assertThat(count.get()).isEqualTo(agreed);
        }
        assertThat(TestingClaims.all(testing.database(), "a")).hasSize(agreed);
    }

    @Test
    void oneOfManyClaimsWins() throws Exception {
        register.initialize(4);
        Map<Integer, Long> seen = TestingClaims.epochs(testing.database());
        List<Future<Map<Integer, Long>>> claims = new ArrayList<>();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 8; node++) {
                String name = "node-" + node;
                claims.add(nodes.submit(() -> register.claim(name, seen, STALE)));
            }
        }
        List<Long> epochs = new ArrayList<>();
        for (Future<Map<Integer, Long>> claim : claims) {
            epochs.addAll(claim.get().values());
        }
        assertThat(epochs).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void claimsOnlyWhatTheOwnerReleasedOrLeftBehind() throws Exception {
        register.initialize(5);
        try (NodeSession _ = joined("alive");
                NodeSession _ = joined("frozen")) {
            NodeSession dead = joined("dead");
            register.claim("alive", Map.of(0, 0L), STALE);
            register.claim("dead", Map.of(1, 0L), STALE);
            register.claim("frozen", Map.of(2, 0L), STALE);
            register.claim("without a row", Map.of(3, 0L), STALE);
            dead.close();
            silence("frozen");

            Set<Integer> claimed = new HashSet<>();
            Waiting.until("the dead one's lock is gone", () -> {
                claimed.addAll(register.claim("new", TestingClaims.epochs(testing.database()), STALE)
                        .keySet());
                return claimed.contains(1);
            });

            assertThat(claimed).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(owners()).containsExactly("alive", "new", "new", "new", "new");
        }
    }

    @Test
    void claimsNothingInAnEpochThatHasPassed() {
        register.initialize(2);
        register.claim("a", Map.of(0, 0L, 1, 0L), STALE);

        assertThat(register.claim("a", Map.of(0, 0L, 1, 1L), STALE)).isEqualTo(Map.of(1, 2L));
    }

    @Test
    void releasesOnlyWhatTheNodeStillOwns() {
        register.initialize(3);
        TestingClaims.all(testing.database(), "old");
        TestingClaims.all(testing.database(), "new");
        register.release("old", Map.of(0, 2L, 1, 2L, 2, 2L));
        register.release("new", Map.of(0, 1L));
        assertThat(owners()).containsExactly("new", "new", "new");

        register.release("new", Map.of(0, 2L, 2, 2L));

        assertThat(owners()).containsExactly("nobody", "new", "nobody");
    }

    @Test
    void tellsTheNodesOfClaimsAndReleases() throws Exception {
        register.initialize(1);
        try (NodeSession node = joined("a")) {
            Waiting.until("nothing is heard any more", () -> !node.awaitNews(Duration.ofMillis(50)));
            register.claim("a", Map.of(0, 0L), STALE);
            assertThat(node.awaitNews(Duration.ofSeconds(20))).isTrue();
            register.claim("a", Map.of(0, 0L), STALE);
            assertThat(node.awaitNews(Duration.ofMillis(1))).isFalse();
            register.release("a", Map.of(0, 1L));
            assertThat(node.awaitNews(Duration.ofSeconds(20))).isTrue();
        }
    }

    private NodeSession joined(String id) {
        NodeSession session = NodeSession.open(testing.database(), Duration.ofSeconds(20));
        session.register("testing", new NodeRow(id, "1", 1, "peer", "api", "serving", Instant.EPOCH), STALE);
        return session;
    }

    private void silence(String node) {
        testing.database().with("silence " + node, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("UPDATE orquestrax.node SET heartbeat_at = heartbeat_at - interval '1 minute'"
                        + " WHERE id = '" + node + "'");
            }
        });
    }

    private List<String> owners() {
        return testing.database().with("read owners", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT coalesce(owner, 'nobody') FROM orquestrax.partition ORDER BY id")) {
                List<String> owners = new ArrayList<>();
                while (row.next()) {
                    owners.add(row.getString(1));
                }
                return owners;
            }
        });
    }
}
