package io.orquestrax.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.store.Database;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.TestingRows;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.journal.JournalBatch;
import io.orquestrax.store.journal.JournalWriter;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceRangesTest {
    private static final Instant DAY = Instant.parse("2031-05-01T00:00:00Z");
    private static final Duration WIDTH = Duration.ofHours(1);
    private static final DefinitionId AUDIT = new DefinitionId("audit", "trail", "1.0.0");

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final Database database = testing.database();
    private final InstanceQueries queries = new InstanceQueries(database);
    private final InstanceRanges ranges = new InstanceRanges(database);
    private final JournalWriter journal = new JournalWriter(database);
    private final Map<Integer, Long> epochs;
    private int made;

    InstanceRangesTest() {
        new PartitionRegister(database).initialize(1);
        epochs = TestingClaims.all(database, "me");
        deploy("shop", "order");
        deploy("audit", "trail");
    }

    @AfterEach
    void close() {
        journal.close();
        testing.close();
    }

    @Test
    void whatIsClosedAndOldGoesWithItsTablesAndWhatIsOpenStaysWhole() throws Exception {
        ranges.extend(DAY, WIDTH);
        List<UUID> closed = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            closed.add(write(DAY.plusSeconds(number), TestingRows.DEFINITION, Status.COMPLETED));
        }
        UUID open = write(DAY.plusSeconds(30), TestingRows.DEFINITION, Status.WAITING);
        ranges.extend(DAY.plus(WIDTH), WIDTH);
        UUID later = write(DAY.plus(WIDTH.multipliedBy(4)), TestingRows.DEFINITION, Status.COMPLETED);
        List<String> before = tables();

        int removed = ranges.removeOld(List.of(new Cutoff("", "", DAY.plus(WIDTH.multipliedBy(3)))));

        assertThat(removed).isEqualTo(20);
        assertThat(closed).allSatisfy(id -> {
            assertThat(queries.find(id)).isEmpty();
            assertThat(queries.history(id, 0, 10)).isEmpty();
        });
        assertThat(queries.find(open).orElseThrow().status()).isEqualTo(Status.WAITING);
        assertThat(queries.history(open, 0, 10)).extracting(EventRow::sequence).containsExactly(1L, 2L);
        assertThat(queries.find(later)).isPresent();
        assertThat(queries.list(InstanceFilter.ALL, 10, null).items())
                .extracting(InstanceRow::id)
                .containsExactly(later, open);
        assertThat(tables()).doesNotContain("instance_r1").hasSameSizeAs(before);

        // The open one goes on, ends, and goes at last, together with those of later ranges.
        rewrite(open, DAY.plusSeconds(30), TestingRows.DEFINITION, Status.COMPLETED, 3);
        assertThat(queries.history(open, 0, 10)).hasSize(3);
        assertThat(ranges.removeOld(List.of(new Cutoff("", "", DAY.plus(WIDTH.multipliedBy(9))))))
                .isPositive();
        assertThat(queries.find(open)).isEmpty();
        assertThat(queries.history(open, 0, 10)).isEmpty();
    }

    @Test
    void eachDefinitionHasTheMostPreciseWindow() throws Exception {
        ranges.extend(DAY, WIDTH);
        UUID order = write(DAY.plusSeconds(1), TestingRows.DEFINITION, Status.COMPLETED);
        UUID trail = write(DAY.plusSeconds(2), AUDIT, Status.COMPLETED);
        ranges.extend(DAY.plus(WIDTH.multipliedBy(3)), WIDTH);

        ranges.removeOld(List.of(
                new Cutoff("", "", DAY.plus(WIDTH.multipliedBy(3))),
                new Cutoff("audit", "", DAY.plus(WIDTH.multipliedBy(3))),
                new Cutoff("audit", "trail", null)));

        assertThat(queries.find(order)).isEmpty();
        assertThat(queries.find(trail)).isPresent();
    }

    @Test
    void nothingGoesWhereOnlyLittleWould() throws Exception {
        ranges.extend(DAY, WIDTH);
        UUID closed = write(DAY.plusSeconds(1), TestingRows.DEFINITION, Status.COMPLETED);
        for (int number = 0; number < 11; number++) {
            write(DAY.plusSeconds(2 + number), TestingRows.DEFINITION, Status.WAITING);
        }
        ranges.extend(DAY.plus(WIDTH.multipliedBy(3)), WIDTH);

        assertThat(ranges.removeOld(List.of(new Cutoff("", "", DAY.plus(WIDTH.multipliedBy(3))))))
                .isZero();
        assertThat(queries.find(closed)).isPresent();
    }

    @Test
    void whateverWasKeptBeforeIsKeptInOneRange() throws Exception {
        List<UUID> open = new ArrayList<>();
        for (int hour = 0; hour < 6; hour++) {
            Instant now = DAY.plus(WIDTH.multipliedBy(hour));
            ranges.extend(now, WIDTH);
            open.add(write(now.plusSeconds(1), TestingRows.DEFINITION, Status.WAITING));
            write(now.plusSeconds(2), TestingRows.DEFINITION, Status.COMPLETED);
            ranges.removeOld(List.of(new Cutoff("", "", now.minus(WIDTH))));
        }
        Instant end = DAY.plus(WIDTH.multipliedBy(9));
        ranges.extend(end, WIDTH);
        ranges.removeOld(List.of(new Cutoff("", "", end)));

        assertThat(open).allSatisfy(id -> assertThat(queries.history(id, 0, 10)).hasSize(2));
        assertThat(queries.openCounts()).containsEntry(Status.WAITING, 6L);
        assertThat(numbers("SELECT count(*) FROM orquestrax.id_range WHERE is_kept"))
                .containsExactly("1");
        assertThat(numbers("SELECT count(*) FROM orquestrax.instance WHERE status = 'completed'"))
                .containsExactly("0");
        // An instance whose start waited long has a place all the same.
        UUID late = write(DAY.minus(Duration.ofDays(9)), TestingRows.DEFINITION, Status.WAITING);
        assertThat(queries.find(late)).isPresent();
    }

    @Test
    void snapshotsGoWithTheirInstances() throws Exception {
        ranges.extend(DAY, WIDTH);
        UUID faulted = write(DAY.plusSeconds(1), TestingRows.DEFINITION, Status.FAULTED);
        UUID open = write(DAY.plusSeconds(2), TestingRows.DEFINITION, Status.WAITING);
        for (UUID id : List.of(faulted, open)) {
            numbers("INSERT INTO orquestrax.snapshot (instance_id, sequence, version, taken_at, state) VALUES ('" + id
                    + "', 2, 1, now(), '[]')");
        }
        ranges.extend(DAY.plus(WIDTH.multipliedBy(3)), WIDTH);

        ranges.removeOld(List.of(new Cutoff("", "", DAY.plus(WIDTH.multipliedBy(3)))));

        assertThat(numbers("SELECT instance_id FROM orquestrax.snapshot")).containsExactly(open.toString());
    }

    @Test
    void whatIsReadByIdIsReadFromOneRange() throws Exception {
        for (int hour = 0; hour < 4; hour++) {
            ranges.extend(DAY.plus(WIDTH.multipliedBy(2 * hour)), WIDTH);
            write(DAY.plus(WIDTH.multipliedBy(2 * hour)), TestingRows.DEFINITION, Status.WAITING);
        }
        UUID id = IdRange.lowest(DAY);
        assertThat(String.join(
                        "\n", numbers("EXPLAIN SELECT * FROM orquestrax.event WHERE instance_id = '" + id + "'")))
                .containsOnlyOnce("event_r")
                .doesNotContain("Append");
    }

    @Test
    void historyIsNotRewrittenInAnyRange() {
        ranges.extend(DAY, WIDTH);

        assertThat(
                        numbers(
                                "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'orquestrax.event'::regclass"))
                .hasSizeGreaterThan(1)
                .allSatisfy(table -> assertThatThrownBy(() -> numbers("DELETE FROM " + table))
                        .hasMessageContaining("Expected history to stand as it was written"));
    }

    private UUID write(Instant startedAt, DefinitionId definition, Status status) throws InterruptedException {
        UUID lowest = IdRange.lowest(startedAt);
        UUID id = new UUID(lowest.getMostSignificantBits() | 0x7000 | made++, 0x8000_0000_0000_0000L);
        rewrite(id, startedAt, definition, status, 1);
        journal.write(new JournalBatch(epochs, List.of(TestingRows.event(id, 2)), List.of()));
        return id;
    }

    private void rewrite(UUID id, Instant startedAt, DefinitionId definition, Status status, long sequence)
            throws InterruptedException {
        InstanceRow row = TestingRows.withDefinition(TestingRows.running(id), definition);
        journal.write(new JournalBatch(
                epochs,
                List.of(TestingRows.event(id, sequence)),
                List.of(at(row, status, startedAt, status.isClosed() ? startedAt.plusSeconds(1) : null))));
    }

    private static InstanceRow at(InstanceRow row, Status status, Instant startedAt, @Nullable Instant closedAt) {
        return new InstanceRow(
                row.id(),
                row.partition(),
                row.definition(),
                row.contentHash(),
                row.key(),
                status,
                startedAt,
                startedAt,
                closedAt,
                null,
                row.input(),
                null,
                null,
                row.tags());
    }

    private void deploy(String namespace, String name) {
        database.with("deploy", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("INSERT INTO orquestrax.definition (namespace, name, version, version_order,"
                        + " content_hash, title, summary, source, deployed_at, deployed_by) VALUES ('" + namespace
                        + "', '" + name + "', '1.0.0', '~', 'h', '', '', '', now(), 'me')");
            }
        });
    }

    private List<String> tables() {
        return numbers("SELECT tablename FROM pg_tables WHERE schemaname = 'orquestrax' ORDER BY tablename");
    }

    private List<String> numbers(String sql) {
        return database.with("read", connection -> {
            try (Statement statement = connection.createStatement()) {
                return firstColumn(statement, sql);
            }
        });
    }

    private static List<String> firstColumn(Statement statement, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        if (statement.execute(sql)) {
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        return found;
    }
}
