package io.orquestrax.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.Database;
import io.orquestrax.store.TestingRows;
import io.orquestrax.store.embedded.EmbeddedPostgres;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal has acknowledged is there after PostgreSQL was killed in the middle of writing. */
class JournalDurabilityTest {
    private static final int BEFORE_THE_KILL = 200;
    private static final int PAGE = 100_000;
    private static final UUID INSTANCE = TestingRows.id(1);

    private final AtomicLong acknowledged = new AtomicLong();
    private final Semaphore written = new Semaphore(0);

    @Test
    void keepsWhatItHasAcknowledged(@TempDir Path directory) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            writeUntilKilled(server);
        }

        assertThat(acknowledged.get()).isGreaterThanOrEqualTo(BEFORE_THE_KILL);
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory);
                Database database = Database.open(server.jdbcUrl(), server.user(), server.password(), 1)) {
            List<EventRow> history = new InstanceQueries(database).history(INSTANCE, 0, PAGE);
            // One more may have been committed without anybody hearing of it.
            assertThat((long) history.size()).isBetween(acknowledged.get(), acknowledged.get() + 1);
            assertThat(history)
                    .extracting(EventRow::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, history.size()).boxed().toList());
        }
    }

    private void writeUntilKilled(EmbeddedPostgres server) throws InterruptedException {
        try (Database database = Database.open(server.jdbcUrl(), server.user(), server.password(), 2);
                JournalWriter journal = new JournalWriter(database)) {
            new PartitionRegister(database).initialize(1);
            Map<Integer, Long> epochs = TestingClaims.all(database, "me");
            Thread writer = Thread.ofPlatform().start(() -> write(journal, epochs));
            written.acquire(BEFORE_THE_KILL);
            ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
            assertThat(process.destroyForcibly()).isTrue();
            process.onExit().join();
            // It waits for a server that does not come back.
            writer.interrupt();
            writer.join();
        }
    }

    private void write(JournalWriter journal, Map<Integer, Long> epochs) {
        try {
            for (long sequence = 1; ; sequence++) {
                journal.write(new JournalBatch(epochs, List.of(TestingRows.event(INSTANCE, sequence)), List.of()));
                acknowledged.set(sequence);
                written.release();
            }
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }
}
