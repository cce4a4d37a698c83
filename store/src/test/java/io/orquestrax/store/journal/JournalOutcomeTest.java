package io.orquestrax.store.journal;

import static io.orquestrax.store.TestingRows.event;
import static io.orquestrax.store.TestingRows.id;
import static io.orquestrax.store.TestingRows.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orquestrax.store.Database;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.embedded.EmbeddedPostgres;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection breaks at each of the moments that matter. */
class JournalOutcomeTest {
    private static final String JOURNAL_BACKENDS =
            "pid <> pg_backend_pid() AND datname = current_database() AND query LIKE '-- One batch of the journal%'";

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final InstanceQueries queries = new InstanceQueries(testing.database());
    private final PartitionRegister register = new PartitionRegister(testing.database());
    private Map<Integer, Long> epochs = Map.of();

    @BeforeEach
    void claimPartitions() {
        register.initialize(2);
        epochs = TestingClaims.all(testing.database(), "node-1");
    }

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void writesOnWhenItsIdleConnectionWasKilled() throws Exception {
        try (JournalWriter writer = new JournalWriter(testing.database())) {
            writer.write(batch(1));
            assertThat(killJournalBackends()).isEqualTo(1);

            writer.write(batch(2));

            assertThat(queries.history(id(2), 0, 10)).hasSize(1);
        }
    }

    @Test
    void writesOnceWhenTheServerKillsItInTheMiddle() throws Exception {
        try (JournalWriter writer = new JournalWriter(testing.database());
                Connection blocker = claimOpenly()) {
            CompletableFuture<@Nullable Throwable> outcome = writeMeanwhile(writer, batch(1));
            awaitBlockedBatches(1);

            assertThat(killJournalBackends()).isEqualTo(1);
            blocker.rollback();

            assertThat(outcome.join()).isNull();
            assertThat(queries.history(id(1), 0, 10)).containsExactly(event(id(1), 1));
        }
    }

    @Test
    void returnsWhenTheCommitWasMadeButItsAnswerLost() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(port());
                Database remote = through(proxy);
                JournalWriter writer = new JournalWriter(remote)) {
            writer.write(batch(1));
            proxy.loseNextAnswer();

            writer.write(batch(2));

            assertThat(proxy.hasLostAnswer()).isTrue();
            assertThat(queries.history(id(2), 0, 10)).containsExactly(event(id(2), 1));
        }
    }

    @Test
    void returnsWhenTheCommitWasMadeItsAnswerLostAndThePartitionClaimedSince() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(port());
                Database remote = through(proxy);
                JournalWriter writer = new JournalWriter(remote);
                Connection blocker = blockEventOf(2)) {
            writer.write(batch(1));
            CompletableFuture<@Nullable Throwable> outcome = writeMeanwhile(writer, batch(2));
            awaitBlockedBatches(1);
            CompletableFuture<Map<Integer, Long>> claim = CompletableFuture.supplyAsync(
                    () -> TestingClaims.all(testing.database(), "node-2"), Thread::startVirtualThread);
            awaitLockWaits(2);
            proxy.loseNextAnswer();

            blocker.rollback();

            assertThat(claim.join()).containsEntry(0, 2L);
            assertThat(outcome.join()).isNull();
            assertThat(queries.history(id(2), 0, 10)).containsExactly(event(id(2), 1));
        }
    }

    @Test
    void endsTheStatementThatABrokenNetworkLeftRunningBeforeItTriesAgain() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(port());
                Database remote = through(proxy);
                JournalWriter writer = new JournalWriter(remote);
                Connection blocker = claimOpenly()) {
            CompletableFuture<@Nullable Throwable> outcome = writeMeanwhile(writer, batch(1));
            awaitBlockedBatches(1);
            int firstBackend = blockedBackend();

            proxy.cutClients();
            Waiting.until("another process waits in its place", () -> {
                List<Integer> blocked = blockedBackends();
                return blocked.size() == 1 && blocked.getFirst() != firstBackend;
            });
            blocker.commit();

            assertThat(outcome.join())
                    .isInstanceOfSatisfying(
                            FencedException.class,
                            fenced -> assertThat(fenced.partitions()).isEqualTo(Set.of(0)));
            assertThat(queries.history(id(1), 0, 10)).isEmpty();
        }
    }

    @Test
    void waitsWhileTheServerIsAway(@TempDir Path directory) throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start(directory);
        try (Database database = Database.open(server.jdbcUrl(), server.user(), server.password(), 2);
                JournalWriter writer = new JournalWriter(database)) {
            new PartitionRegister(database).initialize(2);
            epochs = TestingClaims.all(database, "node-1");
            writer.write(batch(1));
            server.close();
            CompletableFuture<@Nullable Throwable> outcome = writeMeanwhile(writer, batch(2));

            server = EmbeddedPostgres.start(directory);

            assertThat(outcome.join()).isNull();
            assertThat(historyOverANewConnection(server, id(2))).containsExactly(event(id(2), 1));
        } finally {
            server.close();
        }
    }

    /** The pool may still hold connections to the server that went away. */
    private static List<EventRow> historyOverANewConnection(EmbeddedPostgres server, UUID id) {
        try (Database fresh = Database.open(server.jdbcUrl(), server.user(), server.password(), 2)) {
            return new InstanceQueries(fresh).history(id, 0, 10);
        }
    }

    @Test
    void stopsWaitingWhenInterrupted(@TempDir Path directory) throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start(directory);
        try (Database database = Database.open(server.jdbcUrl(), server.user(), server.password(), 2);
                JournalWriter writer = new JournalWriter(database)) {
            server.close();
            CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
            Thread thread =
                    Thread.ofPlatform().start(() -> outcome.complete(catchThrowable(() -> writer.write(batch(1)))));

            thread.interrupt();

            assertThat(outcome.join()).isInstanceOf(InterruptedException.class);
        } finally {
            server.close();
        }
    }

    private JournalBatch batch(int number) {
        return new JournalBatch(epochs, List.of(event(id(number), 1)), List.of(running(id(number))));
    }

    private static CompletableFuture<@Nullable Throwable> writeMeanwhile(JournalWriter writer, JournalBatch batch) {
        return CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> writer.write(batch)), Thread::startVirtualThread);
    }

    private int port() {
        return URI.create(testing.url().substring("jdbc:".length())).getPort();
    }

    private Database through(CuttingProxy proxy) {
        String url = testing.url().replace(":" + port() + "/", ":" + proxy.port() + "/");
        return Database.open(url, testing.user(), testing.password(), 1);
    }

    private Connection claimOpenly() throws SQLException {
        return openly("UPDATE orquestrax.partition SET epoch = epoch + 1 WHERE id = 0");
    }

    private Connection blockEventOf(int number) throws SQLException {
        return openly("""
                INSERT INTO orquestrax.event (instance_id, sequence, time, activation, attempt, type, data)
                VALUES ('%s', 1, now(), 0, 0, 'Blocker', '{}')""".formatted(id(number)));
    }

    private Connection openly(String sql) throws SQLException {
        Connection connection = testing.database().connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private void awaitBlockedBatches(int count) throws Exception {
        Waiting.until(
                count + " batches wait for a lock", () -> blockedBackends().size() == count);
    }

    private void awaitLockWaits(int count) throws Exception {
        String waiting =
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        Waiting.until(
                count + " statements wait for a lock", () -> integers(waiting).size() == count);
    }

    private int blockedBackend() {
        return blockedBackends().getFirst();
    }

    private List<Integer> blockedBackends() {
        return integers("SELECT pid FROM pg_stat_activity WHERE " + JOURNAL_BACKENDS + " AND wait_event_type = 'Lock'");
    }

    private int killJournalBackends() {
        return integers("SELECT pid FROM pg_stat_activity WHERE " + JOURNAL_BACKENDS
                        + " AND pg_terminate_backend(pid, 10000)")
                .size();
    }

    private List<Integer> integers(String sql) {
        return testing.database().with("look at the backends", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                List<Integer> found = new ArrayList<>();
                while (row.next()) {
                    found.add(row.getInt(1));
                }
                return found;
            }
        });
    }
}
