package io.orquestrax.server.cluster;

import io.orquestrax.store.node.ClusterReading;
import io.orquestrax.store.node.NodeReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes a roster of what the database says. */
final class RosterReader {
    private final String cluster;
    private final String self;
    private final int partitions;
    private final Duration staleAfter;

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
     */
    Roster roster(ClusterReading reading, Roster before, boolean mayJudge) {
        return new Roster(
                cluster,
                self,
                reading.nodes().stream()
                        .map(node -> member(node, before, mayJudge))
                        .toList(),
                ownership(reading.partitions()));
    }

    private Roster.Member member(NodeReading node, Roster before, boolean mayJudge) {
        boolean isAlive = givesSign(node)
                || (!mayJudge
                        && before.member(node.row().id())
                                .map(Roster.Member::isAlive)
                                .orElse(true));
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
