package io.orquestrax.store.journal;

import static io.orquestrax.store.TestingRows.event;
import static io.orquestrax.store.TestingRows.id;
import static io.orquestrax.store.TestingRows.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A claim and a batch meet in each of the orders that there are. */
class JournalFencingTest {
    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final InstanceQueries queries = new InstanceQueries(testing.database());
    private final PartitionRegister register = new PartitionRegister(testing.database());
    private final JournalWriter writer = new JournalWriter(testing.database());
    private Map<Integer, Long> epochs = Map.of();

    @BeforeEach
    void claimPartitions() {
        register.initialize(3);
        epochs = TestingClaims.all(testing.database(), "node-1");
    }

    @AfterEach
    void close() {
        writer.close();
        testing.close();
    }

    @Test
    void fencesABatchThatComesAfterAClaim() {
        TestingClaims.all(testing.database(), "node-2");

        assertFenced(write(), Set.of(0, 1, 2));
    }

    @Test
    void fencesABatchThatWaitedForAClaim() throws Exception {
        try (Connection other = otherNode()) {
            execute(other, "UPDATE orquestrax.partition SET epoch = epoch + 1 WHERE id = 1");
            CompletableFuture<@Nullable Throwable> batch = writeMeanwhile();
            awaitWaiting(1);

            other.commit();

            assertFenced(batch.join(), Set.of(1));
        }
    }

    @Test
    void writesABatchThatWaitedForAClaimThatWasNotMade() throws Exception {
        try (Connection other = otherNode()) {
            execute(other, "UPDATE orquestrax.partition SET epoch = epoch + 1 WHERE id = 1");
            CompletableFuture<@Nullable Throwable> batch = writeMeanwhile();
            awaitWaiting(1);

            other.rollback();

            assertThat(batch.join()).isNull();
            assertThat(queries.history(id(1), 0, 10)).hasSize(1);
        }
    }

    @Test
    void writesABatchWhosePartitionWasTouchedButNotClaimed() throws Exception {
        try (Connection other = otherNode()) {
            execute(other, "UPDATE orquestrax.partition SET owner = 'renamed'");
            CompletableFuture<@Nullable Throwable> batch = writeMeanwhile();
            awaitWaiting(1);

            other.commit();

            assertThat(batch.join()).isNull();
            assertThat(queries.history(id(1), 0, 10)).hasSize(1);
        }
    }

    @Test
    void letsAClaimWaitForABatchThatProvedItsEpochs() throws Exception {
        try (Connection other = otherNode()) {
            // The batch stops here between its proof and its commit.
            execute(other, """
                    INSERT INTO orquestrax.event (instance_id, sequence, time, activation, attempt, type, data)
                    VALUES ('%s', 1, now(), 0, 0, 'Blocker', '{}')""".formatted(id(1)));
            CompletableFuture<@Nullable Throwable> batch = writeMeanwhile();
            awaitWaiting(1);
            CompletableFuture<Integer> eventsSeenByNewOwner = CompletableFuture.supplyAsync(
                    () -> {
                        TestingClaims.all(testing.database(), "node-2");
                        return queries.history(id(1), 0, 10).size();
                    },
                    Thread::startVirtualThread);
            awaitWaiting(2);

            other.rollback();

            assertThat(batch.join()).isNull();
            assertThat(eventsSeenByNewOwner.join()).isEqualTo(1);
        }
    }

    @Test
    void neverWritesAfterAClaimHasReturnedWhateverTheirTiming() throws Exception {
        int next = 1;
        for (int round = 0; round < 20; round++) {
            int first = next;
            Map<Integer, Long> own = epochs;
            CompletableFuture<Integer> oldOwner =
                    CompletableFuture.supplyAsync(() -> writeUntilFenced(own, first), Thread::startVirtualThread);
            int before = first;
            Waiting.until(
                    "the old owner writes",
                    () -> !queries.history(id(before), 0, 1).isEmpty());

            epochs = TestingClaims.all(testing.database(), "node-" + round);
            long writtenWhenClaimed = countEvents();

            next = oldOwner.join();
            assertThat(countEvents()).isEqualTo(writtenWhenClaimed);
            assertThat(writtenWhenClaimed).isEqualTo(next - 1);
        }
    }

    /** Returns the number of the first instance that was not written. */
    private int writeUntilFenced(Map<Integer, Long> own, int first) {
        try (JournalWriter old = new JournalWriter(testing.database())) {
            for (int number = first; ; number++) {
                try {
                    old.write(new JournalBatch(own, List.of(event(id(number), 1)), List.of(running(id(number)))));
                } catch (FencedException e) {
                    return number;
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private void assertFenced(@Nullable Throwable outcome, Set<Integer> partitions) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        FencedException.class,
                        fenced -> assertThat(fenced.partitions()).isEqualTo(partitions));
        assertThat(queries.history(id(1), 0, 10)).isEmpty();
        assertThat(queries.find(id(1))).isEmpty();
    }

    private @Nullable Throwable write() {
        return catchThrowable(() ->
                writer.write(new JournalBatch(epochs, List.of(event(id(1), 1)), List.of(running(id(1))))));
    }

    private CompletableFuture<@Nullable Throwable> writeMeanwhile() {
        return CompletableFuture.supplyAsync(this::write, Thread::startVirtualThread);
    }

    private Connection otherNode() throws SQLException {
        Connection connection = testing.database().connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private void awaitWaiting(int statements) throws Exception {
        String waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock'";
        Waiting.until(statements + " statements wait for a lock", () -> count(waiting) == statements);
    }

    private long countEvents() {
        return count("SELECT count(*) FROM orquestrax.event");
    }

    private long count(String sql) {
        return testing.database().with("count", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
