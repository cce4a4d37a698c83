package io.orquestrax.server.cluster;

import io.orquestrax.store.node.ClusterReading;
import io.orquestrax.store.node.NodeReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes rosters of what the database says. For one thread. */
final class RosterReader {
    /** How long a lock must be missed before it counts as gone. */
    static final Duration CONFIRMED_AFTER = Duration.ofMillis(40);

    private final String cluster;
    private final String self;
    private final int partitions;
    private final Duration staleAfter;

    /** When the lock of a node was missed first, by id. */
    private final Map<String, Long> unlockedSinceNanos = new HashMap<>();

    RosterReader(String cluster, String self, int partitions, Duration staleAfter) {
        this.cluster = cluster;
        this.self = self;
        this.partitions = partitions;
        this.staleAfter = staleAfter;
    }

    /** Before the first reading: nobody is known. */
    Roster nobody() {
        return new Roster(cluster, self, List.of(), ownership(List.of()));
    }

    /**
     * @param mayJudge false while others may just not have come back after a restart of the server: nobody dies then
     * @param nowNanos as of {@link System#nanoTime}
     */
    Roster roster(ClusterReading reading, Roster before, boolean mayJudge, long nowNanos) {
        Set<String> unlocked = new HashSet<>();
        for (NodeReading node : reading.nodes()) {
            if (!node.isLocked()) {
                unlocked.add(node.row().id());
                unlockedSinceNanos.putIfAbsent(node.row().id(), nowNanos);
            }
        }
        unlockedSinceNanos.keySet().retainAll(unlocked);
        return new Roster(
                cluster,
                self,
                reading.nodes().stream()
                        .map(node -> member(node, isAlive(node, before, mayJudge, nowNanos)))
                        .toList(),
                ownership(reading.partitions()));
    }

    /** A connection of this node may break a moment after the others', where the server restarts. */
    private boolean isAlive(NodeReading node, Roster before, boolean mayJudge, long nowNanos) {
        if (givesSign(node)) {
            return true;
        }
        boolean wasAlive =
                before.member(node.row().id()).map(Roster.Member::isAlive).orElse(!mayJudge);
        boolean isStale = node.silence().compareTo(staleAfter) >= 0;
        long unlockedNanos =
                nowNanos - unlockedSinceNanos.getOrDefault(node.row().id(), nowNanos);
        boolean isConfirmed = isStale || unlockedNanos >= CONFIRMED_AFTER.toNanos();
        return wasAlive && (!mayJudge || !isConfirmed);
    }

    private Roster.Member member(NodeReading node, boolean isAlive) {
        return new Roster.Member(
                node.row().id(),
                node.row().version(),
                node.row().level(),
                node.row().peerAddress(),
                node.row().apiAddress(),
                node.row().startedAt(),
                MemberCodec.state(node.row().state()),
                isAlive,
                isSelf(node) ? Duration.ZERO : node.silence(),
                MemberCodec.load(node.load()));
    }

    /** Whether it lives, as far as the reading says. */
    boolean givesSign(NodeReading node) {
        return isSelf(node) || (node.isLocked() && node.silence().compareTo(staleAfter) < 0);
    }

    /** The reading shows the reader's own row as it was before this heartbeat. */
    private boolean isSelf(NodeReading node) {
        return node.row().id().equals(self);
    }

    private List<Roster.Ownership> ownership(List<ClusterReading.Owned> owned) {
        List<Roster.Ownership> all = new ArrayList<>(partitions);
        for (int number = 0; number < partitions; number++) {
            all.add(new Roster.Ownership(null, 0));
        }
        for (ClusterReading.Owned one : owned) {
            all.set(one.partition(), new Roster.Ownership(one.owner(), one.epoch()));
        }
        return all;
    }
}
