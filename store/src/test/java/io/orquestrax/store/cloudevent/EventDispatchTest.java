package io.orquestrax.store.cloudevent;

import static io.orquestrax.store.TestingRows.NOON;
import static io.orquestrax.store.TestingRows.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.journal.JournalBatch;
import io.orquestrax.store.journal.JournalWriter;
import io.orquestrax.store.message.MessageKind;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.message.Messages;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventDispatchTest {
    private static final Instant LONG_AGO = NOON.minusSeconds(3600);

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final Messages messages = new Messages(testing.database());
    private final CloudEvents events = new CloudEvents(testing.database());
    private final EventQueries queries = new EventQueries(testing.database());
    private final JournalWriter writer = new JournalWriter(testing.database());
    private final AtomicInteger numbers = new AtomicInteger(1_000_000);
    private final List<String> offered = new ArrayList<>();
    private final EventDispatch dispatch =
            new EventDispatch(testing.database(), EventDispatchTest::keys, this::message, this::offer);
    private final LookBack lookBack = new LookBack(testing.database(), EventDispatchTest::keys, this::message);
    private Map<Integer, Long> epochs = Map.of();

    @BeforeEach
    void claimPartitions() {
        new PartitionRegister(testing.database()).initialize(1);
        epochs = TestingClaims.all(testing.database(), "node-1");
    }

    @AfterEach
    void close() {
        writer.close();
        testing.close();
    }

    @Test
    void bringsAnEventToAllWhoListenForItsTypeForAnyAndForItsCorrelation() throws Exception {
        subscribe(id(1), new EventKey("paid", "", ""));
        subscribe(id(2), EventKey.ANY);
        subscribe(id(3), new EventKey("paid", "[\".order\"]", "match-e1"));
        subscribe(id(4), new EventKey("paid", "[\".order\"]", "match-e2"));
        subscribe(id(5), new EventKey("shipped", "", ""));
        // One message though it listens twice.
        subscribe(id(6), new EventKey("paid", "", ""), EventKey.ANY);

        assertThat(events.store(List.of(event("e1", "paid")))).containsExactly(true);
        Optional<EventDispatch.Round> round = dispatch.deliver(10);

        assertThat(round.orElseThrow().events()).isEqualTo(1);
        assertThat(receivers()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(6));
        assertThat(round.orElseThrow().messages()).hasSize(4);
        assertThat(queries.find(1).orElseThrow())
                .returns(true, StoredEvent::isDelivered)
                .returns(4, StoredEvent::offered);
        assertThat(dispatch.deliver(10).orElseThrow().events()).isZero();
    }

    @Test
    void bringsThemInTheOrderOfTheirPositions() throws Exception {
        subscribe(id(1), EventKey.ANY);
        events.store(List.of(event("e1", "a"), event("e2", "b"), event("e3", "a")));

        dispatch.deliver(2);
        dispatch.deliver(2);

        assertThat(messages.page(0, Messages.BEGINNING, 10))
                .extracting(MessageRow::position)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void countsAnEventOnce() {
        assertThat(events.store(List.of(event("e1", "a"), event("e1", "a"), event("e2", "a"))))
                .containsExactly(true, false, true);
        assertThat(events.store(List.of(event("e2", "a"), event("e3", "a")))).containsExactly(false, true);
    }

    @Test
    void offersEventsToSchedulesInTheSameTransaction() throws Exception {
        execute("INSERT INTO orquestrax.schedule_subscription VALUES ('shop', 'order', 0, 'paid', '', '')");
        events.store(List.of(event("e1", "paid"), event("e2", "shipped")));

        EventDispatch.Round round = dispatch.deliver(10).orElseThrow();

        assertThat(offered).containsExactly("shop/order 1");
        assertThat(round.messages()).extracting(MessageRow::kind).containsExactly(MessageKind.START);
    }

    @Test
    void waitsForAnotherNodeThatDelivers() throws Exception {
        events.store(List.of(event("e1", "paid")));
        try (Connection other = testing.database().connect()) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(hashtext('orquestrax.cloud_event.delivery'))");
            }
            assertThat(dispatch.deliver(10)).isEmpty();
            other.rollback();
        }
        assertThat(dispatch.deliver(10).orElseThrow().events()).isEqualTo(1);
    }

    @Test
    void looksBackToWhatCameSinceTheInstanceStartedAndToWhatNobodyConsumed() throws Exception {
        events.store(List.of(
                at(event("consumed-before", "paid"), NOON.minusSeconds(60)),
                at(event("free-before", "paid"), NOON.minusSeconds(50)),
                at(event("other", "shipped"), NOON.minusSeconds(40)),
                at(event("consumed-since", "paid"), NOON.plusSeconds(10)),
                at(event("too-old", "paid"), LONG_AGO.minusSeconds(1))));
        writer.write(batch(
                Consequences.builder().consumed(1, id(8)).consumed(4, id(8)).build()));
        subscribe(id(1), new EventKey("paid", "", ""));
        subscribe(id(2), new EventKey("paid", "[\".order\"]", "match-free-before"));

        LookBack.Round round = lookBack.run(List.of(0), LONG_AGO, 10);

        assertThat(round.subscriptions()).isEqualTo(2);
        assertThat(messages.page(0, Messages.BEGINNING, 10))
                .extracting(message -> message.instance() + " " + message.position())
                .containsExactlyInAnyOrder(id(1) + " 2", id(1) + " 4", id(2) + " 2");
        assertThat(lookBack.run(List.of(0), LONG_AGO, 10).subscriptions()).isZero();
    }

    @Test
    void looksBackForAListenerOfAnyType() throws Exception {
        events.store(List.of(event("e1", "a"), event("e2", "b")));
        subscribe(id(1), EventKey.ANY);

        lookBack.run(List.of(0), LONG_AGO, 10);

        assertThat(receivers()).containsExactly(id(1), id(1));
    }

    @Test
    void keepsAnOldEventThatAMessageIsStillToBring() throws Exception {
        subscribe(id(1), new EventKey("paid", "", ""));
        events.store(List.of(event("e1", "paid"), event("e2", "shipped"), event("e3", "shipped")));
        dispatch.deliver(2);
        writer.write(batch(
                Consequences.builder().consumed(1, id(1)).consumed(2, id(1)).build()));

        assertThat(events.removeOld(NOON.plusSeconds(1), 10)).isEqualTo(1);
        assertThat(queries.takers(1, 10)).containsExactly(id(1));
        assertThat(queries.takers(2, 10)).isEmpty();

        assertThat(events.find(1)).isPresent();
        assertThat(events.find(2)).isEmpty();
        assertThat(events.find(3)).isPresent();
    }

    @Test
    void losesNoneOfThousandsOfPairsWhoseEventAndSubscriptionRace() throws Exception {
        int pairs = 3_000;
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> deliveries = CompletableFuture.runAsync(
                () -> {
                    while (!isOver.get()) {
                        dispatch.deliver(50);
                    }
                },
                Thread::startVirtualThread);
        CompletableFuture<Void> lookBacks = CompletableFuture.runAsync(
                () -> {
                    while (!isOver.get()) {
                        lookBack.run(List.of(0), LONG_AGO, 50);
                    }
                },
                Thread::startVirtualThread);
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(
                () -> {
                    for (int pair = 0; pair < pairs; pair += 10) {
                        List<CloudEventRow> rows = new ArrayList<>();
                        for (int one = pair; one < pair + 10; one++) {
                            rows.add(event("e" + one, one % 2 == 0 ? "type-" + one : "correlated"));
                        }
                        events.store(rows);
                    }
                },
                Thread::startVirtualThread);

        for (int pair = 0; pair < pairs; pair += 10) {
            Consequences.Builder subscriptions = Consequences.builder();
            for (int one = pair; one < pair + 10; one++) {
                subscriptions.subscribed(
                        new Listener(id(one), 1),
                        List.of(row(
                                id(one),
                                0,
                                one % 2 == 0
                                        ? new EventKey("type-" + one, "", "")
                                        : new EventKey("correlated", "[\".order\"]", "match-e" + one))));
            }
            writer.write(batch(subscriptions.build()));
        }
        publisher.join();
        isOver.set(true);
        CompletableFuture.allOf(deliveries, lookBacks).join();
        dispatch.deliver(pairs);
        lookBack.run(List.of(0), LONG_AGO, pairs);

        Set<UUID> reached = new TreeSet<>();
        for (MessageRow message : messages.page(0, Messages.BEGINNING, 3 * pairs)) {
            reached.add(message.instance());
        }
        assertThat(reached).hasSize(pairs);
    }

    /** An event correlates by the shape's only expression with its id. */
    private static List<EventKey> keys(KeptEvent event, Map<String, Set<String>> shapes) {
        List<EventKey> keys = new ArrayList<>(List.of(EventKey.ofType(event.type()), EventKey.ANY));
        for (String shape : shapes.getOrDefault(event.type(), Set.of())) {
            String id = event.envelope().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
            keys.add(new EventKey(event.type(), shape, "match-" + id));
        }
        return keys;
    }

    private MessageRow message(Candidate candidate) {
        return new MessageRow(
                id(numbers.incrementAndGet()),
                candidate.partition(),
                candidate.instance(),
                MessageKind.EVENT,
                candidate.position(),
                "{}");
    }

    private List<MessageRow> offer(Connection connection, String namespace, String name, KeptEvent event) {
        offered.add(namespace + "/" + name + " " + event.position());
        return List.of(new MessageRow(id(numbers.incrementAndGet()), 0, id(9), MessageKind.START, null, "{}"));
    }

    private void subscribe(UUID instance, EventKey... keys) throws InterruptedException {
        List<SubscriptionRow> rows = new ArrayList<>();
        for (EventKey key : keys) {
            rows.add(row(instance, rows.size(), key));
        }
        writer.write(batch(Consequences.builder()
                .subscribed(new Listener(instance, 1), rows)
                .build()));
    }

    private static SubscriptionRow row(UUID instance, int ordinal, EventKey key) {
        return new SubscriptionRow(new Listener(instance, 1), ordinal, 0, key.type(), key.shape(), key.match(), NOON);
    }

    private JournalBatch batch(Consequences consequences) {
        return new JournalBatch(epochs, List.of(), List.of(), consequences);
    }

    private static CloudEventRow event(String id, String type) {
        return new CloudEventRow("/till", id, type, "{\"id\":\"" + id + "\"}", null, NOON);
    }

    private static CloudEventRow at(CloudEventRow event, Instant receivedAt) {
        return new CloudEventRow(event.source(), event.id(), event.type(), event.envelope(), null, receivedAt);
    }

    private List<UUID> receivers() {
        return messages.page(0, Messages.BEGINNING, 100).stream()
                .map(MessageRow::instance)
                .toList();
    }

    private void execute(String sql) {
        testing.database().with("prepare", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
