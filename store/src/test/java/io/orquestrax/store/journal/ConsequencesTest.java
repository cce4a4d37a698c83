package io.orquestrax.store.journal;

import static io.orquestrax.store.TestingRows.NOON;
import static io.orquestrax.store.TestingRows.event;
import static io.orquestrax.store.TestingRows.id;
import static io.orquestrax.store.TestingRows.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.cloudevent.CloudEventRow;
import io.orquestrax.store.cloudevent.Listener;
import io.orquestrax.store.cloudevent.OutgoingEventRow;
import io.orquestrax.store.cloudevent.SubscriptionRow;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.LatestHistory;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.message.MessageKind;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.message.Messages;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsequencesTest {
    private static final Listener LISTENER = new Listener(id(1), 7);

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final Messages messages = new Messages(testing.database());
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
    void writesAllOfThemWithTheEvents() throws Exception {
        writer.write(new JournalBatch(epochs, List.of(event(id(1), 1)), List.of(running(id(1))), everything()));

        assertThat(messages.page(1, Messages.BEGINNING, 10)).containsExactly(message(11, 1));
        assertThat(texts("SELECT source || id || type || origin || delivered FROM orquestrax.cloud_event"))
                .containsExactly("/shope1order" + id(1) + "false");
        assertThat(texts("SELECT type || '/' || shape || '/' || match || looked_back FROM orquestrax.subscription"
                        + " ORDER BY ordinal"))
                .containsExactly("paid//false", "paid/[\".a\"]/hashfalse");
        assertThat(texts("SELECT type || shape FROM orquestrax.subscription_shape"))
                .containsExactly("paid[\".a\"]");
        assertThat(texts("SELECT sink FROM orquestrax.outgoing_event")).containsExactly("audit");
    }

    @Test
    void writesNoneOfThemWhereAnEpochIsLost() throws Exception {
        writer.write(new JournalBatch(
                epochs,
                List.of(),
                List.of(),
                Consequences.builder().message(message(5, 0)).build()));
        TestingClaims.all(testing.database(), "node-2");

        assertThatThrownBy(() -> writer.write(
                        new JournalBatch(epochs, List.of(event(id(1), 1)), List.of(running(id(1))), everything())))
                .isInstanceOf(FencedException.class);

        assertThat(messages.page(0, Messages.BEGINNING, 10)).containsExactly(message(5, 0));
        assertThat(messages.page(1, Messages.BEGINNING, 10)).isEmpty();
        for (String table :
                List.of("cloud_event", "subscription", "subscription_shape", "outgoing_event", "event", "snapshot")) {
            assertThat(texts("SELECT '1' FROM orquestrax." + table)).as(table).isEmpty();
        }
    }

    @Test
    void isTheSameWrittenTwiceAsOnce() throws Exception {
        Consequences twice = Consequences.builder()
                .handled(List.of(id(5)))
                .message(message(11, 1))
                .emitted(emitted("e1"))
                .subscribed(LISTENER, List.of(subscription(0, "")))
                .build();

        writer.write(new JournalBatch(epochs, List.of(), List.of(), twice));
        writer.write(new JournalBatch(epochs, List.of(), List.of(), twice));

        assertThat(messages.page(1, Messages.BEGINNING, 10)).containsExactly(message(11, 1));
        assertThat(texts("SELECT id FROM orquestrax.cloud_event")).containsExactly("e1");
        assertThat(texts("SELECT type FROM orquestrax.subscription")).containsExactly("paid");
    }

    @Test
    void aFoldBeginsWithTheLatestSnapshotAndReadsOnlyTheEventsAfterIt() throws Exception {
        InstanceQueries queries = new InstanceQueries(testing.database());
        List<EventRow> events =
                LongStream.rangeClosed(1, 6).mapToObj(n -> event(id(1), n)).toList();
        writer.write(new JournalBatch(
                epochs,
                events,
                List.of(running(id(1))),
                Consequences.builder()
                        .snapshot(snapshot(2, 1))
                        .snapshot(snapshot(3, 1))
                        .build()));
        writer.write(batch(Consequences.builder().snapshot(snapshot(4, 1)).build()));

        assertThat(queries.latest(id(1), 1, 1)).isEqualTo(new LatestHistory(snapshot(4, 1), List.of(events.get(4))));
        assertThat(queries.latest(id(1), 1, 10)).isEqualTo(new LatestHistory(snapshot(4, 1), events.subList(4, 6)));
        assertThat(queries.latest(id(1), 2, 10)).as("another version").isEqualTo(new LatestHistory(null, events));
        assertThat(queries.latest(id(2), 1, 10)).as("no instance").isEqualTo(new LatestHistory(null, List.of()));

        writer.write(batch(
                Consequences.builder().snapshot(snapshot(5, 1)).forgotten(id(1)).build()));
        assertThat(queries.latest(id(1), 1, 10)).isEqualTo(new LatestHistory(null, events));
    }

    @Test
    void readsTheNewestOfManyHistoriesAsThoseOfEach() throws Exception {
        InstanceQueries queries = new InstanceQueries(testing.database());
        List<EventRow> first = LongStream.rangeClosed(1, 4)
                .mapToObj(sequence -> event(id(1), sequence))
                .toList();
        List<EventRow> second = LongStream.rangeClosed(1, 3)
                .mapToObj(sequence -> event(id(2), sequence))
                .toList();
        List<EventRow> all = new ArrayList<>(second);
        all.addAll(first);
        writer.write(new JournalBatch(
                epochs,
                all,
                List.of(running(id(1)), running(id(2)), running(id(3))),
                Consequences.builder().snapshot(snapshot(2, 1)).build()));

        assertThat(queries.latestOfMany(List.of(id(3), id(2), id(1)), 1, 10))
                .isEqualTo(Map.of(
                        id(1), new LatestHistory(snapshot(2, 1), first.subList(2, 4)),
                        id(2), new LatestHistory(null, second)));
        assertThat(queries.latestOfMany(List.of(id(1), id(2)), 2, 2))
                .as("another version, and no more than so many")
                .isEqualTo(Map.of(
                        id(1), new LatestHistory(null, first.subList(0, 2)),
                        id(2), new LatestHistory(null, second.subList(0, 2))));
    }

    private static SnapshotRow snapshot(long sequence, int version) {
        return new SnapshotRow(id(1), sequence, version, "[{\"n\": " + sequence + "}]");
    }

    @Test
    void aMessageGoesWithWhatItCaused() throws Exception {
        writer.write(batch(Consequences.builder()
                .message(message(5, 0))
                .message(message(6, 0))
                .build()));

        writer.write(new JournalBatch(
                epochs,
                List.of(event(id(1), 1)),
                List.of(running(id(1))),
                Consequences.builder().handled(List.of(id(5))).build()));

        assertThat(messages.page(0, Messages.BEGINNING, 10)).containsExactly(message(6, 0));
    }

    @Test
    void aNewSubscriptionOfAListenerReplacesWhatItHad() throws Exception {
        writer.write(batch(Consequences.builder()
                .subscribed(LISTENER, List.of(subscription(0, ""), subscription(1, "[\".a\"]")))
                .build()));

        Consequences changed = Consequences.builder()
                .unsubscribed(LISTENER)
                .subscribed(LISTENER, List.of(subscription(0, "[\".b\"]")))
                .build();
        writer.write(batch(changed));

        assertThat(texts("SELECT shape FROM orquestrax.subscription")).containsExactly("[\".b\"]");
        writer.write(batch(Consequences.builder().unsubscribed(LISTENER).build()));
        assertThat(texts("SELECT shape FROM orquestrax.subscription")).isEmpty();
    }

    @Test
    void marksConsumedEvents() throws Exception {
        writer.write(batch(Consequences.builder()
                .emitted(emitted("e1"))
                .emitted(emitted("e2"))
                .build()));

        writer.write(batch(Consequences.builder()
                .consumed(2, id(7))
                .consumed(2, id(7))
                .consumed(2, id(8))
                .consumed(99, id(8))
                .build()));

        assertThat(texts("SELECT id || consumed FROM orquestrax.cloud_event ORDER BY position"))
                .containsExactly("e1false", "e2true");
        assertThat(texts(
                        "SELECT position || ' ' || instance_id FROM orquestrax.cloud_event_taker ORDER BY instance_id"))
                .containsExactly("2 " + id(7), "2 " + id(8));
    }

    @Test
    void findsThePartitionsWhoseMessagesWait() throws Exception {
        writer.write(batch(Consequences.builder()
                .message(message(5, 0))
                .message(message(9, 2))
                .build()));

        assertThat(messages.waiting(List.of(0, 1, 2), id(9))).containsExactly(0);
        assertThat(messages.waiting(List.of(1, 2), id(10))).containsExactly(2);
        assertThat(messages.hasStart(0, id(105))).isTrue();
        assertThat(messages.hasStart(0, id(109))).isFalse();
    }

    private JournalBatch batch(Consequences consequences) {
        return new JournalBatch(epochs, List.of(), List.of(), consequences);
    }

    private static Consequences everything() {
        return Consequences.builder()
                .handled(List.of(id(5)))
                .message(message(11, 1))
                .emitted(emitted("e1"))
                .subscribed(LISTENER, List.of(subscription(0, ""), subscription(1, "[\".a\"]")))
                .consumed(1, id(1))
                .outgoing(new OutgoingEventRow(0, id(1), "audit", "{}"))
                .report(new ScheduleReport("shop", "order", "after", id(1), NOON))
                .snapshot(snapshot(1, 1))
                .forgotten(id(2))
                .build();
    }

    private static MessageRow message(int number, int partition) {
        UUID instance = id(100 + number);
        return new MessageRow(id(number), partition, instance, MessageKind.START, null, "{\"n\":1.10}");
    }

    private static CloudEventRow emitted(String id) {
        return new CloudEventRow("/shop", id, "order", "{\"id\":\"" + id + "\"}", id(1), NOON);
    }

    private static SubscriptionRow subscription(int ordinal, String shape) {
        return new SubscriptionRow(LISTENER, ordinal, 0, "paid", shape, shape.isEmpty() ? "" : "hash", NOON);
    }

    private List<String> texts(String sql) {
        return testing.database().with("look", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                List<String> found = new ArrayList<>();
                while (row.next()) {
                    found.add(row.getString(1));
                }
                return found;
            }
        });
    }
}
