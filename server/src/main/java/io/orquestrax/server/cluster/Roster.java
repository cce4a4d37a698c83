package io.orquestrax.server.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what they own, as the database said last.
 *
 * @param self id of this node
 * @param members all that have a row, this node among them; by id
 * @param partitions by number, from 0
 */
public record Roster(String cluster, String self, List<Member> members, List<Ownership> partitions) {

    public Roster {
        members = List.copyOf(members);
        partitions = List.copyOf(partitions);
    }

    /**
     * One node.
     *
     * @param level of the messages between nodes that it speaks
     * @param peerAddress host:port for other nodes
     * @param apiAddress host:port for clients and workers
     * @param isAlive whether it holds its lock and its heartbeat is fresh
     * @param silence since its last heartbeat, by the database's clock
     */
    public record Member(
            String id,
            String version,
            int level,
            String peerAddress,
            String apiAddress,
            Instant startedAt,
            State state,
            boolean isAlive,
            Duration silence,
            Load load) {

        /** Whether clients and workers are served there, and will be. */
        public boolean takesCalls() {
            return isAlive && state.takesCalls();
        }
    }

    /** What a node means to do. */
    public enum State {
        /** It is there, and takes no partitions yet. */
        JOINING,
        SERVING,
        /** It gives its partitions away and stays; by command. */
        DRAINING,
        /** It gives its partitions away and goes. */
        LEAVING;

        /** One that gives its partitions away and stays is as good for callers as any. */
        private boolean takesCalls() {
            return switch (this) {
                case SERVING, DRAINING -> true;
                case JOINING, LEAVING -> false;
            };
        }
    }

    /** What a node says of its load, at each heartbeat. */
    public record Load(int residentInstances, int queuedCommands, int workers, int queuedJobs, int runningJobs) {
        public static final Load NONE = new Load(0, 0, 0, 0, 0);
    }

    /**
     * Of one partition.
     *
     * @param owner id of the node that claimed it last; null where it was released
     */
    public record Ownership(@Nullable String owner, long epoch) {}

    public Optional<Member> member(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** Whether there is no other node that callers can go to. */
    public boolean isAlone() {
        return members.stream().noneMatch(member -> !member.id().equals(self) && member.takesCalls());
    }

    /** Empty where nobody alive owns it now. */
    public Optional<Member> ownerOf(int partition) {
        String owner = partitions.get(partition).owner();
        return owner == null ? Optional.empty() : member(owner).filter(Member::isAlive);
    }

    public boolean isOwn(int partition) {
        return self.equals(partitions.get(partition).owner());
    }
}
