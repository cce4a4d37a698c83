package io.orquestrax.store.instance;

import static io.orquestrax.store.TestingRows.NOON;
import static io.orquestrax.store.TestingRows.event;
import static io.orquestrax.store.TestingRows.id;
import static io.orquestrax.store.TestingRows.running;
import static io.orquestrax.store.TestingRows.withDefinition;
import static io.orquestrax.store.TestingRows.withKey;
import static io.orquestrax.store.TestingRows.withPartition;
import static io.orquestrax.store.TestingRows.withStatus;
import static io.orquestrax.store.TestingRows.withWakeAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.store.InvalidPageTokenException;
import io.orquestrax.store.Page;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.InstanceQueries.WakeUp;
import io.orquestrax.store.journal.JournalBatch;
import io.orquestrax.store.journal.JournalWriter;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceQueriesTest {
    private static final DefinitionId ORDER = new DefinitionId("shop", "order", "1.0.0");
    private static final DefinitionId PAY = new DefinitionId("shop", "pay", "1.0.0");
    private static final DefinitionId BANK_PAY = new DefinitionId("bank", "pay", "2.0.0");

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final InstanceQueries queries = new InstanceQueries(testing.database());

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void listsNewestFirstWhateverTheFilterAndThePageSize() throws Exception {
        List<InstanceRow> rows = rows(100);
        write(rows);
        for (DefinitionId id : List.of(ORDER, PAY, BANK_PAY)) {
            deploy(id);
        }
        for (Set<Status> statuses : List.of(
                Set.<Status>of(),
                Set.of(Status.RUNNING),
                Set.of(Status.WAITING, Status.COMPLETED, Status.FAULTED),
                Set.of(Status.SUSPENDED))) {
            for (@Nullable String namespace : new @Nullable String[] {null, "shop", "bank", "none"}) {
                for (@Nullable String name : new @Nullable String[] {null, "order", "pay"}) {
                    for (@Nullable String key : new @Nullable String[] {null, "key-3", "none"}) {
                        assertLists(rows, new InstanceFilter(statuses, namespace, name, key));
                    }
                }
            }
        }
    }

    private void assertLists(List<InstanceRow> rows, InstanceFilter filter) {
        Predicate<InstanceRow> matches =
                row -> (filter.statuses().isEmpty() || filter.statuses().contains(row.status()))
                        && (filter.namespace() == null
                                || filter.namespace().equals(row.definition().namespace()))
                        && (filter.name() == null
                                || filter.name().equals(row.definition().name()))
                        && (filter.key() == null || filter.key().equals(row.key()));
        List<InstanceRow> expected = rows.reversed().stream()
                .filter(matches)
                .map(InstanceQueriesTest::withoutDocuments)
                .toList();
        for (int pageSize : List.of(7, 1000)) {
            assertThat(all(filter, pageSize)).as("%s by %s", filter, pageSize).isEqualTo(expected);
        }
    }

    private List<InstanceRow> all(InstanceFilter filter, int pageSize) {
        List<InstanceRow> found = new ArrayList<>();
        String token = null;
        do {
            Page<InstanceRow> page = queries.list(filter, pageSize, token);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
            found.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        return found;
    }

    @Test
    void pagesStandStillWhileNewInstancesStart() throws Exception {
        write(rows(10));
        Page<InstanceRow> first = queries.list(InstanceFilter.ALL, 5, null);
        write(List.of(running(id(99))));

        Page<InstanceRow> second = queries.list(InstanceFilter.ALL, 5, first.nextToken());

        assertThat(second.items()).extracting(InstanceRow::id).containsExactly(id(4), id(3), id(2), id(1), id(0));
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void refusesATokenOfAnotherFilter() throws Exception {
        write(rows(10));
        String token = queries.list(InstanceFilter.ALL, 5, null).nextToken();
        InstanceFilter other = new InstanceFilter(Set.of(Status.RUNNING), null, null, null);
        assertThatThrownBy(() -> queries.list(other, 5, token)).isInstanceOf(InvalidPageTokenException.class);
        assertThatThrownBy(() -> queries.list(InstanceFilter.ALL, 5, "made up"))
                .isInstanceOf(InvalidPageTokenException.class);
    }

    @Test
    void countsTheOpenInstancesByStatus() throws Exception {
        write(List.of(
                running(id(1)),
                running(id(2)),
                withStatus(running(id(3)), Status.WAITING),
                withStatus(running(id(4)), Status.COMPLETED)));
        assertThat(queries.openCounts())
                .isEqualTo(Map.of(Status.PENDING, 0L, Status.RUNNING, 2L, Status.WAITING, 1L, Status.SUSPENDED, 0L));
    }

    @Test
    void readsTheHistoryInPieces() throws Exception {
        List<EventRow> events = LongStream.rangeClosed(1, 25)
                .mapToObj(sequence -> event(id(1), sequence))
                .toList();
        write(List.of(), events.reversed());
        write(List.of(), List.of(event(id(2), 1)));
        assertThat(queries.history(id(1), 0, 10)).isEqualTo(events.subList(0, 10));
        assertThat(queries.history(id(1), 20, 10)).isEqualTo(events.subList(20, 25));
        assertThat(queries.history(id(1), 25, 10)).isEmpty();
    }

    @Test
    void findsWhatAPartitionMustLoadAtOnce() throws Exception {
        write(List.of(
                withPartition(running(id(2)), 1),
                withPartition(withStatus(running(id(1)), Status.PENDING), 1),
                withPartition(withStatus(running(id(3)), Status.WAITING), 1),
                withPartition(withStatus(running(id(4)), Status.COMPLETED), 1),
                withPartition(running(id(5)), 2)));
        assertThat(queries.running(1)).containsExactly(id(1), id(2));
    }

    @Test
    void findsWhatAPartitionMustWake() throws Exception {
        write(List.of(
                waiting(1, 30),
                waiting(2, 10),
                waiting(3, 20),
                waiting(4, 60),
                withWakeAt(running(id(5)), NOON),
                withWakeAt(withStatus(running(id(6)), Status.SUSPENDED), NOON),
                withStatus(running(id(7)), Status.WAITING),
                withPartition(waiting(8, 10), 3)));

        assertThat(queries.wakeUps(0, NOON.plusSeconds(60), 10))
                .containsExactly(
                        new WakeUp(id(2), NOON.plusSeconds(10)),
                        new WakeUp(id(3), NOON.plusSeconds(20)),
                        new WakeUp(id(1), NOON.plusSeconds(30)));
        assertThat(queries.wakeUps(0, NOON.plusSeconds(60), 2)).hasSize(2);
    }

    private static InstanceRow waiting(int number, int afterSeconds) {
        return withWakeAt(withStatus(running(id(number)), Status.WAITING), NOON.plusSeconds(afterSeconds));
    }

    private static List<InstanceRow> rows(int count) {
        List<DefinitionId> definitions = List.of(ORDER, PAY, BANK_PAY);
        List<Status> statuses =
                List.of(Status.RUNNING, Status.WAITING, Status.COMPLETED, Status.COMPLETED, Status.FAULTED);
        List<InstanceRow> rows = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            InstanceRow row = withDefinition(running(id(number)), definitions.get(number % 3));
            String key = number % 2 == 0 ? null : "key-" + number % 10;
            rows.add(withStatus(withKey(row, key), statuses.get(number / 2 % 5)));
        }
        return rows;
    }

    private static InstanceRow withoutDocuments(InstanceRow row) {
        return new InstanceRow(
                row.id(),
                row.partition(),
                row.definition(),
                row.contentHash(),
                row.key(),
                row.status(),
                row.startedAt(),
                row.updatedAt(),
                row.closedAt(),
                row.wakeAt(),
                null,
                null,
                row.error(),
                row.tags());
    }

    private void deploy(DefinitionId id) {
        new Definitions(testing.database()).deploy(new StoredDefinition(id, "h", "", "", "s", NOON, "me"));
    }

    private void write(List<InstanceRow> rows) throws InterruptedException {
        write(rows, List.of());
    }

    private void write(List<InstanceRow> rows, List<EventRow> events) throws InterruptedException {
        new PartitionRegister(testing.database()).initialize(4);
        try (JournalWriter writer = new JournalWriter(testing.database())) {
            writer.write(new JournalBatch(TestingClaims.all(testing.database(), "test"), events, rows));
        }
    }
}
