package io.orquestrax.store.journal;

import static io.orquestrax.store.TestingRows.NOON;
import static io.orquestrax.store.TestingRows.event;
import static io.orquestrax.store.TestingRows.id;
import static io.orquestrax.store.TestingRows.running;
import static io.orquestrax.store.TestingRows.withInput;
import static io.orquestrax.store.TestingRows.withKey;
import static io.orquestrax.store.TestingRows.withPartition;
import static io.orquestrax.store.TestingRows.withStatus;
import static io.orquestrax.store.TestingRows.withWakeAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.engine.Status;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.BusinessKeys;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalWriterTest {
    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final InstanceQueries queries = new InstanceQueries(testing.database());
    private final JournalWriter writer = new JournalWriter(testing.database());
    private Map<Integer, Long> epochs = Map.of();

    @BeforeEach
    void claimPartitions() {
        new PartitionRegister(testing.database()).initialize(4);
        epochs = TestingClaims.all(testing.database(), "node-1");
    }

    @AfterEach
    void close() {
        writer.close();
        testing.close();
    }

    @Test
    void writesEventsAndInstancesAsTheyAre() throws Exception {
        InstanceRow row = withKey(withWakeAt(running(id(1)), NOON.plusSeconds(5)), "order-\u00e9");
        InstanceRow tagged = new InstanceRow(
                row.id(),
                3,
                row.definition(),
                "hash",
                row.key(),
                Status.RUNNING,
                NOON,
                NOON,
                null,
                row.wakeAt(),
                "{\"b\": 9007199254740993, \"a\": 1.10, \"nul\": \"\\u0000\"}",
                null,
                null,
                Map.of("team", "a\"b", "x", ""));
        EventRow started = new EventRow(id(1), 1, NOON, "InstanceStarted", null, 0, 0, "{ \"z\":[1.0], \"a\":null }");
        EventRow scheduled = event(id(1), 2);

        writer.write(new JournalBatch(epochs, List.of(started, scheduled), List.of(tagged)));

        assertThat(queries.find(id(1))).contains(tagged);
        assertThat(queries.history(id(1), 0, 10)).containsExactly(started, scheduled);
    }

    @Test
    void updatesOnlyWhatChangesInTheLifeOfAnInstance() throws Exception {
        InstanceRow first = withWakeAt(withKey(running(id(1)), "k"), NOON);
        writer.write(new JournalBatch(epochs, List.of(), List.of(first)));
        InstanceRow completed = withStatus(withInput(withWakeAt(first, null), null), Status.COMPLETED);

        writer.write(new JournalBatch(epochs, List.of(), List.of(completed)));

        assertThat(queries.find(id(1))).contains(withInput(completed, first.input()));
    }

    @Test
    void whatIsRehearsedIsNotWritten() throws Exception {
        JournalBatch batch = new JournalBatch(
                epochs,
                List.of(event(id(1), 1)),
                List.of(running(id(1))),
                Consequences.builder().forgotten(id(1)).build());

        writer.rehearse(batch);
        writer.rehearse(batch);

        assertThat(queries.find(id(1))).isEmpty();
        assertThat(queries.history(id(1), 0, 10)).isEmpty();
        writer.write(batch);
        assertThat(queries.find(id(1))).isPresent();
        assertThat(queries.history(id(1), 0, 10)).hasSize(1);
    }

    @Test
    void aRehearsalNeedsNoEpochThatHolds() {
        JournalBatch batch = new JournalBatch(Map.of(4711, 1L), List.of(event(id(1), 1)), List.of());

        writer.rehearse(batch);

        assertThat(queries.history(id(1), 0, 10)).isEmpty();
    }

    @Test
    void opensAgainAnInstanceThatIsRetried() throws Exception {
        writer.write(batch(withStatus(running(id(1)), Status.FAULTED)));
        writer.write(new JournalBatch(epochs, List.of(), List.of(running(id(1)))));

        InstanceRow stored = queries.find(id(1)).orElseThrow();
        assertThat(stored.closedAt()).isNull();
        assertThat(stored.error()).isNull();
        assertThat(stored.status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void releasesTheKeysOfInstancesThatClose() throws Exception {
        BusinessKeys keys = new BusinessKeys(testing.database());
        reserve(keys, "closes", id(1));
        reserve(keys, "stays", id(2));
        // A key that another instance holds by now is not the closed one's to release.
        reserve(keys, "passed on", id(4));

        writer.write(new JournalBatch(
                epochs,
                List.of(),
                List.of(
                        withStatus(withKey(running(id(1)), "closes"), Status.COMPLETED),
                        withKey(running(id(2)), "stays"),
                        withStatus(withKey(running(id(3)), "passed on"), Status.CANCELLED))));

        assertThat(reserve(keys, "closes", id(9)).isNew()).isTrue();
        assertThat(reserve(keys, "stays", id(9)).instance()).isEqualTo(id(2));
        assertThat(reserve(keys, "passed on", id(9)).instance()).isEqualTo(id(4));
    }

    private static BusinessKeys.Holder reserve(BusinessKeys keys, String key, UUID instance) {
        return keys.reserve("shop", "order", key, instance, "f");
    }

    @Test
    void writesNothingWhenOneOfTheEpochsWasRaised() throws Exception {
        BusinessKeys keys = new BusinessKeys(testing.database());
        reserve(keys, "k", id(1));
        JournalBatch batch = new JournalBatch(
                Map.of(0, 1L, 1, 0L, 2, 1L, 77, 1L),
                List.of(event(id(1), 1)),
                List.of(withStatus(withKey(running(id(1)), "k"), Status.COMPLETED)));

        assertThatThrownBy(() -> writer.write(batch))
                .isInstanceOfSatisfying(
                        FencedException.class,
                        fenced -> assertThat(fenced.partitions()).isEqualTo(Set.of(1, 77)));

        assertThat(queries.find(id(1))).isEmpty();
        assertThat(queries.history(id(1), 0, 10)).isEmpty();
        assertThat(reserve(keys, "k", id(9)).instance()).isEqualTo(id(1));
    }

    @Test
    void goesOnAfterABatchThatWasFenced() throws Exception {
        assertThatThrownBy(() -> writer.write(new JournalBatch(Map.of(0, 99L), List.of(), List.of())))
                .isInstanceOf(FencedException.class);
        writer.write(batch(running(id(1))));
        assertThat(queries.find(id(1))).isPresent();
    }

    @Test
    void refusesASequenceNumberThatIsTaken() throws Exception {
        writer.write(batch(running(id(1))));
        EventRow other = new EventRow(id(1), 1, NOON, "Other", null, 0, 0, "{}");

        assertThatThrownBy(() -> writer.write(new JournalBatch(epochs, List.of(event(id(2), 1), other), List.of())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("event_pkey");

        assertThat(queries.history(id(1), 0, 10)).containsExactly(event(id(1), 1));
        assertThat(queries.history(id(2), 0, 10)).isEmpty();
    }

    @Test
    void refusesABatchThatProvesNothing() {
        assertThatThrownBy(() -> writer.write(new JournalBatch(Map.of(), List.of(event(id(1), 1)), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        InstanceRow elsewhere = withPartition(running(id(1)), 2);
        assertThatThrownBy(() -> writer.write(new JournalBatch(Map.of(0, 1L), List.of(), List.of(elsewhere))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partition 2");
    }

    @Test
    void refusesToRewriteHistory() throws Exception {
        writer.write(batch(running(id(1))));
        for (String sql : List.of(
                "UPDATE orquestrax.event SET type = 'x'",
                "DELETE FROM orquestrax.event",
                "TRUNCATE orquestrax.event")) {
            assertThatThrownBy(() -> testing.database().with("rewrite", connection -> {
                        try (var statement = connection.createStatement()) {
                            return statement.execute(sql);
                        }
                    }))
                    .hasMessageContaining("Expected history to stand as it was written");
        }
        assertThat(queries.history(id(1), 0, 10)).hasSize(1);
    }

    private JournalBatch batch(InstanceRow row) {
        return new JournalBatch(epochs, List.of(event(row.id(), 1)), List.of(row));
    }
}
