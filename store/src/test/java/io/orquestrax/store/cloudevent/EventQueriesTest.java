package io.orquestrax.store.cloudevent;

import static io.orquestrax.store.TestingRows.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.store.InvalidPageTokenException;
import io.orquestrax.store.Page;
import io.orquestrax.store.Plans;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueriesTest {
    private static final String FILL = """
            INSERT INTO orquestrax.cloud_event (source, id, type, envelope, received_at, delivered)
            SELECT '/till/' || n % 7, n::text, 'type-' || n % 50, '{}', now(), true
            FROM generate_series(1, 20000) AS n""";

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final EventQueries queries = new EventQueries(testing.database());
    private final Plans plans = new Plans(testing.database(), EventQueries.class);

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void listsTheNewestFirstByTypeAndSource() {
        store(event("e1", "/a", "paid"), event("e2", "/b", "paid"), event("e3", "/a", "shipped"));

        assertThat(ids(EventFilter.ALL)).containsExactly("e3", "e2", "e1");
        assertThat(ids(new EventFilter("paid", null))).containsExactly("e2", "e1");
        assertThat(ids(new EventFilter(null, "/a"))).containsExactly("e3", "e1");
        assertThat(ids(new EventFilter("paid", "/a"))).containsExactly("e1");
        assertThat(ids(new EventFilter("lost", null))).isEmpty();
    }

    @Test
    void pagesByPosition() {
        store(event("e1", "/a", "paid"), event("e2", "/a", "paid"), event("e3", "/a", "paid"));
        EventFilter filter = new EventFilter("paid", null);

        Page<StoredEvent> first = queries.list(filter, 2, null);
        store(event("e4", "/a", "paid"));
        Page<StoredEvent> second = queries.list(filter, 2, first.nextToken());

        assertThat(first.items()).extracting(StoredEvent::id).containsExactly("e3", "e2");
        assertThat(second.items()).extracting(StoredEvent::id).containsExactly("e1");
        assertThat(second.nextToken()).isNull();
        assertThatThrownBy(() -> queries.list(EventFilter.ALL, 2, first.nextToken()))
                .isInstanceOf(InvalidPageTokenException.class);
    }

    /** PostgreSQL refuses to make a text of a document that has a NUL anywhere. */
    @Test
    void readsTheSubjectOfAnEventWithANulInItsData() {
        String envelope = "{\"subject\":\"order \\\"7\\\"\",\"data\":\"\\u0000\"}";
        store(new CloudEventRow("/a", "e1", "paid", "order \"7\"", envelope, null, NOON));

        assertThat(queries.list(EventFilter.ALL, 1, null).items().getFirst())
                .returns("order \"7\"", StoredEvent::subject)
                .returns(null, StoredEvent::envelope);
        assertThat(queries.find("/a", "e1").orElseThrow().envelope()).isEqualTo(envelope);
        assertThat(queries.find("/a", "e2")).isEmpty();
    }

    @Test
    void countsWhoTookItAndStopsCounting() throws Exception {
        store(event("e1", "/a", "paid"), event("e2", "/a", "paid"));
        testing.database().inTransaction("take", connection -> {
            for (int taker = 0; taker < StoredEvent.MOST_COUNTED + 20; taker++) {
                CloudEvents.take(connection, List.of(1L), new UUID(7, taker));
            }
            CloudEvents.take(connection, List.of(2L), new UUID(7, 1));
            CloudEvents.take(connection, List.of(2L), new UUID(7, 1));
            CloudEvents.consume(connection, 2);
            return true;
        });

        assertThat(queries.all(List.of(1L, 2L, 99L)))
                .extracting(event -> event.id() + " " + event.taken() + " " + event.isConsumed())
                .containsExactly("e2 1 true", "e1 100 false");
        assertThat(queries.takers(2, 10)).containsExactly(new UUID(7, 1));
        assertThat(queries.takers(1, 3)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        ", , cloud_event_pkey",
        "type-7, , cloud_event_by_type",
        ", /till/3, cloud_event_by_source",
        "type-7, /till/3, cloud_event_by_type_and_source",
        "none, , cloud_event_by_type"
    })
    void readsARangeOfAnIndex(String type, String source, String index) {
        execute(FILL);
        execute("ANALYZE orquestrax.cloud_event");

        String plan = plan(EventList.page(new EventFilter(type, source), 51, null));

        assertThat(plan)
                .contains("Index Scan Backward using " + index + " on")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list.sql",
                "list-by-type.sql",
                "list-by-source.sql",
                "list-by-type-and-source.sql",
                "read.sql",
                "read-by-name.sql",
                "read-some.sql",
                "takers.sql"
            })
    void readsTheSameWayWhenThePlanIsMadeBeforeTheParametersAreKnown(String file) {
        execute(FILL);
        execute("INSERT INTO orquestrax.cloud_event_taker SELECT position, gen_random_uuid() FROM"
                + " orquestrax.cloud_event");
        execute("ANALYZE orquestrax.cloud_event, orquestrax.cloud_event_taker");

        assertThat(plans.generic(file)).doesNotContain("Seq Scan").contains("Index");
    }

    @ParameterizedTest
    @CsvSource({
        "list-by-type.sql, cloud_event_by_type",
        "list-by-source.sql, cloud_event_by_source",
        "list-by-type-and-source.sql, cloud_event_by_type_and_source"
    })
    void readsARareTypeThroughItsIndexWhereAllOthersAreAlike(String file, String index) {
        execute("""
                INSERT INTO orquestrax.cloud_event (source, id, type, envelope, received_at, delivered)
                SELECT '/till', n::text, 'paid', '{}', now(), true
                FROM generate_series(1, 20000) AS n""");
        execute("ANALYZE orquestrax.cloud_event");

        assertThat(plans.generic(file)).contains("using " + index).doesNotContain("cloud_event_pkey");
    }

    private String plan(EventList page) {
        return plans.of(page.sql(), page::bind);
    }

    private List<String> ids(EventFilter filter) {
        return queries.list(filter, 10, null).items().stream()
                .map(StoredEvent::id)
                .toList();
    }

    private void store(CloudEventRow... rows) {
        new CloudEvents(testing.database()).store(List.of(rows));
    }

    private static CloudEventRow event(String id, String source, String type) {
        return new CloudEventRow(source, id, type, "{\"id\":\"" + id + "\"}", null, NOON);
    }

    private void execute(String sql) {
        testing.database().with("prepare", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
