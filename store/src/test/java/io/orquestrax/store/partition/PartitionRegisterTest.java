package io.orquestrax.store.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionRegisterTest {
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
        assertThat(register.claimAll("a")).isEqualTo(Map.of(0, 1L, 1, 1L, 2, 1L));
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
        assertThat(register.claimAll("a")).hasSize(agreed);
    }

    @Test
    void givesEveryClaimAnEpochOfItsOwn() throws Exception {
        register.initialize(4);
        List<Future<Map<Integer, Long>>> claims = new ArrayList<>();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 8; node++) {
                String name = "node-" + node;
                claims.add(nodes.submit(() -> register.claimAll(name)));
            }
        }
        List<Long> epochs = new ArrayList<>();
        for (Future<Map<Integer, Long>> claim : claims) {
            epochs.add(claim.get().getOrDefault(2, 0L));
        }
        assertThat(epochs).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void releasesOnlyWhatTheNodeStillOwns() {
        register.initialize(3);
        register.claimAll("old");
        register.claimAll("new");
        register.release("old", Set.of(0, 1, 2));
        assertThat(owners()).containsExactly("new", "new", "new");

        register.release("new", Set.of(0, 2));

        assertThat(owners()).containsExactly("nobody", "new", "nobody");
        assertThat(register.claimAll("next")).containsEntry(0, 3L);
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
