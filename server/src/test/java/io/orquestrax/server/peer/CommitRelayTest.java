package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.cluster.TestingRoster;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes a, b and c; somebody watches on a, and b owns the partition of every instance. */
class CommitRelayTest {
    private static final UUID INSTANCE = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final UUID PARENT = new UUID(1, 3);

    private final TestingNetwork network = held();
    private final Side a = new Side("a");
    private final Side b = new Side("b");
    private final Side c = new Side("c");
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();

    /** One node. */
    private final class Side {
        private final CommitFeed feed = new CommitFeed();
        private final TestingPeers peers;
        private final TestingRoster roster;

        Side(String id) {
            peers = network.node(id);
            roster = new TestingRoster(id, 2);
            for (String other : List.of("a", "b", "c")) {
                roster.join(TestingRoster.member(other, other + ":1"));
            }
            roster.own(0, "b");
            new CommitRelay(
                            feed,
                            instance -> 0,
                            peers,
                            roster,
                            instance -> Optional.of(row(instance, null, Status.RUNNING, "whole")),
                            Runnable::run)
                    .begin();
        }

        void commit(UUID instance, int sequence) {
            commit(instance, sequence, null);
        }

        void commit(UUID instance, int sequence, @Nullable Origin origin) {
            commit(instance, sequence, origin, Status.RUNNING);
        }

        void commit(UUID instance, int sequence, @Nullable Origin origin, Status status) {
            InstanceRow row = row(instance, origin, status, null);
            EventRow event = new EventRow(instance, sequence, row.updatedAt(), "TaskCompleted", "/do/0/x", 1, 1, "{}");
            feed.publish(new InstanceChange(row, () -> row, List.of(event)));
        }
    }

    @BeforeEach
    void settle() {
        network.release();
        network.settle();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void tellsWhatAnotherNodeCommitsInOrder() throws Exception {
        watch(INSTANCE);

        for (int sequence = 1; sequence <= 500; sequence++) {
            b.commit(INSTANCE, sequence);
            b.commit(OTHER, sequence);
        }

        Waiting.until("all are told", () -> changes.size() == 500);
        assertThat(changes).startsWith("1", "2").endsWith("500");
        assertThat(missed).hasValue(1);
    }

    @Test
    void readsThePayloadsWhereTheyAreAskedFor() throws Exception {
        List<String> outputs = new CopyOnWriteArrayList<>();
        a.feed.watch(
                INSTANCE,
                change -> {
                    assertThat(change.instance().output()).isNull();
                    outputs.add(String.valueOf(change.whole().get().output()));
                },
                missed::incrementAndGet);
        Waiting.until("the watcher reads", () -> missed.get() == 1);

        b.commit(INSTANCE, 1);

        Waiting.until("it is told", () -> outputs.equals(List.of("whole")));
    }

    @Test
    void onlyNodesThatWantItAreTold() throws Exception {
        assertThat(b.feed.isWanted(INSTANCE, null, false)).isFalse();

        Subscription subscription = watch(INSTANCE);

        assertThat(b.feed.isWanted(INSTANCE, null, false)).isTrue();
        assertThat(b.feed.isWanted(OTHER, null, false)).isFalse();
        // It owns nothing that is watched.
        assertThat(c.feed.isWanted(INSTANCE, null, false)).isFalse();
        subscription.close();
        Waiting.until("nobody wants it", () -> !b.feed.isWanted(INSTANCE, null, false));
    }

    @Test
    void tellsNothingButTheEndToWhoWaitsForIt() throws Exception {
        Subscription subscription = watchEnd(INSTANCE);

        assertThat(b.feed.isWanted(INSTANCE, null, false)).isFalse();
        assertThat(b.feed.isWanted(INSTANCE, null, true)).isTrue();
        b.commit(INSTANCE, 1);
        b.commit(INSTANCE, 2, null, Status.COMPLETED);
        Waiting.until("the end is told", () -> !changes.isEmpty());
        subscription.close();
        Waiting.until("nobody wants it", () -> !b.feed.isWanted(INSTANCE, null, true));
        assertThat(changes).containsExactly("2");
    }

    @Test
    void hearsTheEndFromTheNextOwner() throws Exception {
        watchEnd(INSTANCE);

        own("c", 0);
        Waiting.until("the watcher reads again", () -> missed.get() == 2);
        c.commit(INSTANCE, 3, null, Status.FAULTED);

        Waiting.until("the next owner tells", () -> changes.equals(List.of("3")));
        Waiting.until("the last one tells no more", () -> !b.feed.isWanted(INSTANCE, null, true));
    }

    /** It tells of each change, as of old. */
    @Test
    void hearsTheEndFromANodeThatDoesNotKnowEnds() throws Exception {
        network.cut("a", "b");
        network.settle();
        a.roster.join(TestingRoster.member("b", "b:1", 1));
        network.restore("a", "b");
        network.settle();
        Subscription subscription = watchEnd(INSTANCE);
        Subscription other = a.feed.watch(INSTANCE, change -> {}, missed::incrementAndGet);
        Waiting.until("the other watcher reads", () -> missed.get() == 2);

        assertThat(b.feed.isWanted(INSTANCE, null, false)).isTrue();
        b.commit(INSTANCE, 1);
        b.commit(INSTANCE, 2, null, Status.COMPLETED);
        Waiting.until("the end is told", () -> changes.equals(List.of("2")));
        subscription.close();
        network.settle();
        // The end is not all that is watched.
        assertThat(b.feed.isWanted(INSTANCE, null, false)).isTrue();
        other.close();
        Waiting.until("nobody wants it", () -> !b.feed.isWanted(INSTANCE, null, true));
    }

    @Test
    void childrenAndEverythingAreWatchedOnAllNodes() throws Exception {
        own("c", 1);
        Origin child = new Origin.Parent(PARENT, 1, true);
        Subscription ofChildren = a.feed.watchChildren(PARENT, this::changed, missed::incrementAndGet);
        Waiting.until("both nodes answered", () -> missed.get() == 2);

        b.commit(INSTANCE, 1, child);
        b.commit(OTHER, 2);

        Waiting.until("the child is told", () -> changes.equals(List.of("1")));
        ofChildren.close();
        Subscription ofAll = a.feed.watchAll(this::changed, missed::incrementAndGet);
        Waiting.until("both nodes answered again", () -> missed.get() == 4);
        b.commit(OTHER, 3);
        Waiting.until("everything is told", () -> changes.equals(List.of("1", "3")));
        assertThat(c.feed.isWanted(OTHER, null, false)).isTrue();
        ofAll.close();
        Waiting.until(
                "nobody wants it", () -> !b.feed.isWanted(OTHER, null, false) && !c.feed.isWanted(OTHER, null, false));
    }

    @Test
    void whatIsToldGoesNoFurther() throws Exception {
        watch(INSTANCE);
        List<String> atC = new CopyOnWriteArrayList<>();
        AtomicInteger missedAtC = new AtomicInteger();
        c.feed.watchAll(change -> atC.add("told"), missedAtC::incrementAndGet);
        Waiting.until("both nodes answered", () -> missedAtC.get() == 2);

        b.commit(INSTANCE, 1);

        Waiting.until("both are told", () -> changes.size() == 1 && !atC.isEmpty());
        network.settle();
        assertThat(atC).hasSize(1);
    }

    @Test
    void followsTheInstanceToItsNextOwner() throws Exception {
        watch(INSTANCE);

        own("c", 0);
        Waiting.until("the watcher reads again", () -> missed.get() == 2);
        c.commit(INSTANCE, 2);
        Waiting.until("the next owner tells", () -> changes.equals(List.of("2")));
        // The last one is late.
        b.commit(INSTANCE, 1);
        own("a", 0);
        Waiting.until("the watcher reads again", () -> missed.get() == 3);
        a.commit(INSTANCE, 3);

        Waiting.until("this node tells", () -> changes.contains("3"));
        assertThat(changes).containsExactly("2", "3");
        Waiting.until("the others tell no more", () -> !c.feed.isWanted(INSTANCE, null, false));
    }

    @Test
    void aWatcherReadsAgainAfterALinkWasLost() throws Exception {
        watch(INSTANCE);

        network.cut("a", "b");
        network.settle();
        b.commit(INSTANCE, 1);
        network.restore("a", "b");

        Waiting.until("the watcher reads again", () -> missed.get() > 1);
        Waiting.until("it is told again", () -> {
            b.commit(INSTANCE, 2);
            return changes.contains("2");
        });
        assertThat(changes).doesNotContain("1");
    }

    @Test
    void whatAFullLinkDoesNotTakeIsSaidAgain() throws Exception {
        a.peers.setFull(true);
        Subscription subscription = a.feed.watchEnd(INSTANCE, this::changed, missed::incrementAndGet);
        Waiting.until("it was tried twice", () -> a.peers.refusals() > 1);
        b.commit(INSTANCE, 1, null, Status.COMPLETED);
        assertThat(missed).hasValue(0);

        a.peers.setFull(false);
        Waiting.until("the watcher reads", () -> missed.get() == 1);
        b.commit(INSTANCE, 2, null, Status.COMPLETED);
        Waiting.until("it is told", () -> changes.equals(List.of("2")));

        a.peers.setFull(true);
        int refusals = a.peers.refusals();
        subscription.close();
        Waiting.until("the end of the watch was tried", () -> a.peers.refusals() > refusals);
        a.peers.setFull(false);
        Waiting.until("nobody wants it", () -> !b.feed.isWanted(INSTANCE, null, true));
    }

    /** Until all nodes are there. */
    private static TestingNetwork held() {
        TestingNetwork network = new TestingNetwork();
        network.hold();
        return network;
    }

    /** Confirmed when it returns. */
    private Subscription watch(UUID instance) throws Exception {
        Subscription subscription = a.feed.watch(instance, this::changed, missed::incrementAndGet);
        Waiting.until("the watcher reads", () -> missed.get() == 1);
        return subscription;
    }

    /** Confirmed when it returns. */
    private Subscription watchEnd(UUID instance) throws Exception {
        Subscription subscription = a.feed.watchEnd(instance, this::changed, missed::incrementAndGet);
        Waiting.until("the watcher reads", () -> missed.get() == 1);
        return subscription;
    }

    private void own(String node, int partition) {
        List.of(a, b, c).forEach(side -> side.roster.own(partition, node));
    }

    private void changed(InstanceChange change) {
        change.events().forEach(event -> changes.add(String.valueOf(event.sequence())));
    }

    private static InstanceRow row(UUID instance, @Nullable Origin origin, Status status, @Nullable String output) {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return new InstanceRow(
                instance,
                0,
                new DefinitionId("test", "test", "1.0.0"),
                "hash",
                null,
                status,
                time,
                time,
                null,
                null,
                null,
                output,
                null,
                Map.of(),
                origin);
    }
}
