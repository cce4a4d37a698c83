package io.orquestrax.server.cluster;

import io.orquestrax.server.live.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A roster that the test writes. */
public final class TestingRoster implements RosterSource {
    private final List<Consumer<Roster>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger doubts = new AtomicInteger();
    private volatile Roster current;

    /** Knows no other node, and nobody owns anything. */
    public TestingRoster(String self, int partitions) {
        List<Roster.Ownership> owners = new ArrayList<>();
        for (int number = 0; number < partitions; number++) {
            owners.add(new Roster.Ownership(null, 0));
        }
        current = new Roster("testing", self, List.of(member(self, "")), owners);
    }

    /** A living node that serves. */
    public static Roster.Member member(String id, String peerAddress) {
        return member(id, peerAddress, NodeCard.LEVEL);
    }

    /** As {@link #member(String, String)}, of a version with other messages. */
    public static Roster.Member member(String id, String peerAddress, int level) {
        return new Roster.Member(
                id,
                "test",
                level,
                peerAddress,
                "",
                Instant.EPOCH,
                Roster.State.SERVING,
                true,
                Duration.ZERO,
                Roster.Load.NONE);
    }

    @Override
    public Roster current() {
        return current;
    }

    @Override
    public Subscription watch(Consumer<Roster> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public void doubt() {
        doubts.incrementAndGet();
    }

    public int doubts() {
        return doubts.get();
    }

    /** As after a heartbeat of any node. */
    public void tellAgain() {
        change(roster -> new Roster(roster.cluster(), roster.self(), roster.members(), roster.partitions()));
    }

    /** In place of the member of that id, if there is one. */
    public void join(Roster.Member member) {
        change(roster -> {
            List<Roster.Member> members = without(roster, member.id());
            members.add(member);
            return new Roster(roster.cluster(), roster.self(), members, roster.partitions());
        });
    }

    public void leave(String id) {
        change(roster -> new Roster(roster.cluster(), roster.self(), without(roster, id), roster.partitions()));
    }

    /**
     * @param owner null for nobody
     */
    public void own(int partition, @Nullable String owner) {
        change(roster -> {
            List<Roster.Ownership> owners = new ArrayList<>(roster.partitions());
            owners.set(
                    partition, new Roster.Ownership(owner, owners.get(partition).epoch() + 1));
            return new Roster(roster.cluster(), roster.self(), roster.members(), owners);
        });
    }

    private synchronized void change(UnaryOperator<Roster> change) {
        current = change.apply(current);
        watchers.forEach(watcher -> watcher.accept(current));
    }

    private static List<Roster.Member> without(Roster roster, String id) {
        List<Roster.Member> members = new ArrayList<>(roster.members());
        members.removeIf(member -> member.id().equals(id));
        return members;
    }
}
