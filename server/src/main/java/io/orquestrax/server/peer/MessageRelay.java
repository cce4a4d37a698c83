package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.MessagesWait;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.message.MessageCourier;
import io.orquestrax.store.message.MessageRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Brings messages to the partitions of this node, and tells the owners of the others that some wait in the table. Where
 * the owner was not known, or another than was thought, the next one is told.
 */
public final class MessageRelay implements MessageCourier {
    /** After this a message is found by the owner's sweep. */
    private static final Duration SWEPT = Duration.ofSeconds(20);

    private final MessageCourier local;
    private final Consumer<Set<Integer>> look;
    private final Peers peers;
    private final RosterSource roster;

    /** When messages for partitions of others were written last; as many as there are partitions. */
    private final Map<Integer, Long> writtenNanos = new ConcurrentHashMap<>();

    private volatile Roster seen;

    /**
     * @param local to partitions of this node
     * @param look in the table for messages to these partitions; of no effect for those of other nodes
     */
    public MessageRelay(MessageCourier local, Consumer<Set<Integer>> look, Peers peers, RosterSource roster) {
        this.local = local;
        this.look = look;
        this.peers = peers;
        this.roster = roster;
        this.seen = roster.current();
    }

    /** Before the first message. */
    public void begin() {
        peers.listen(
                Notice.NoticeCase.MESSAGES_WAIT,
                (node, notice) -> look.accept(known(notice.getMessagesWait().getPartitionsList())));
        peers.watch(new Peers.Watcher() {
            @Override
            public void linked(String node) {
                tellOwners(partition ->
                        node.equals(roster.current().partitions().get(partition).owner()));
            }

            @Override
            public void lost(String node) {
                // It is told when it is linked again, and whoever takes over looks by itself.
            }
        });
        roster.watch(now -> {
            Roster before = seen;
            seen = now;
            tellOwners(partition ->
                    !now.partitions().get(partition).equals(before.partitions().get(partition)));
        });
    }

    @Override
    public void deliver(List<MessageRow> messages) {
        Roster now = roster.current();
        List<MessageRow> own = new ArrayList<>();
        Set<Integer> others = new TreeSet<>();
        for (MessageRow message : messages) {
            if (now.isOwn(message.partition())) {
                own.add(message);
            } else {
                others.add(message.partition());
            }
        }
        if (!own.isEmpty()) {
            local.deliver(own);
        }
        if (!others.isEmpty()) {
            others.forEach(partition -> writtenNanos.put(partition, System.nanoTime()));
            tell(now, others);
        }
    }

    private void tellOwners(IntPredicate which) {
        long oldest = System.nanoTime() - SWEPT.toNanos();
        writtenNanos.values().removeIf(written -> written - oldest < 0);
        Set<Integer> partitions = new TreeSet<>();
        writtenNanos.keySet().stream().filter(which::test).forEach(partitions::add);
        if (!partitions.isEmpty()) {
            tell(roster.current(), partitions);
        }
    }

    private void tell(Roster now, Set<Integer> partitions) {
        Map<String, MessagesWait.Builder> byOwner = new HashMap<>();
        Set<Integer> own = new TreeSet<>();
        for (int partition : partitions) {
            if (now.isOwn(partition)) {
                own.add(partition);
                continue;
            }
            now.ownerOf(partition)
                    .ifPresent(owner -> byOwner.computeIfAbsent(owner.id(), id -> MessagesWait.newBuilder())
                            .addPartitions(partition));
        }
        if (!own.isEmpty()) {
            look.accept(own);
        }
        byOwner.forEach((owner, wait) ->
                peers.tell(owner, Notice.newBuilder().setMessagesWait(wait).build()));
    }

    private Set<Integer> known(List<Integer> partitions) {
        Set<Integer> known = new TreeSet<>(partitions);
        int count = roster.current().partitions().size();
        known.removeIf(partition -> partition < 0 || partition >= count);
        return known;
    }
}
