package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.cluster.TestingRoster;
import io.orquestrax.server.message.MessageCodec;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.store.message.MessageRow;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node a, which writes messages for its partition 0 and for partition 1 of node b. */
class MessageRelayTest {
    private final TestingNetwork network = new TestingNetwork();
    private final TestingPeers peers = network.node("a");
    private final TestingPeers neighbour = network.node("b");
    private final TestingRoster roster = new TestingRoster("a", 3);
    private final TestingRoster neighboursRoster = new TestingRoster("b", 3);
    private final List<Integer> delivered = new CopyOnWriteArrayList<>();
    private final List<Set<Integer>> lookedHere = new CopyOnWriteArrayList<>();
    private final List<Set<Integer>> lookedThere = new CopyOnWriteArrayList<>();
    private final MessageRelay relay = new MessageRelay(
            messages -> messages.forEach(message -> delivered.add(message.partition())),
            lookedHere::add,
            peers,
            roster);

    @BeforeEach
    void begin() {
        roster.join(TestingRoster.member("b", "b:1"));
        roster.own(0, "a");
        own("b");
        relay.begin();
        new MessageRelay(messages -> {}, lookedThere::add, neighbour, neighboursRoster).begin();
        network.settle();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void deliversHereAndTellsTheOwnerOfTheOthers() {
        relay.deliver(List.of(message(0), message(1), message(1)));
        network.settle();

        assertThat(delivered).containsExactly(0);
        assertThat(lookedThere).containsExactly(Set.of(1));
    }

    @Test
    void theNextOwnerIsToldOfWhatTheLastOneMayHaveLeft() {
        own(null);
        relay.deliver(List.of(message(1)));
        network.settle();
        assertThat(lookedThere).isEmpty();

        own("b");
        network.settle();
        assertThat(lookedThere).containsExactly(Set.of(1));

        own("a");
        assertThat(lookedHere).containsExactly(Set.of(1));
    }

    @Test
    void anOwnerIsToldAgainWhenItIsLinkedAgain() {
        network.cut("a", "b");
        network.settle();
        relay.deliver(List.of(message(1)));

        network.restore("a", "b");
        network.settle();

        assertThat(lookedThere).containsExactly(Set.of(1));
    }

    private void own(@Nullable String owner) {
        roster.own(1, owner);
        neighboursRoster.own(1, owner);
    }

    private static MessageRow message(int partition) {
        return MessageCodec.row(UUID.randomUUID(), partition, UUID.randomUUID(), new MessageContent.EventArrived(1));
    }
}
