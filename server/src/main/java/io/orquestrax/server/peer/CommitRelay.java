package io.orquestrax.server.peer;

import io.orquestrax.engine.event.Origin;
import io.orquestrax.protocol.cluster.v1.Changed;
import io.orquestrax.protocol.cluster.v1.ChangesMissed;
import io.orquestrax.protocol.cluster.v1.Done;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.protocol.cluster.v1.Watch;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.CommitFeed.Interest;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.server.partition.PartitionAddresses;
import io.orquestrax.server.stream.Lane;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what other nodes commit to the watchers of this one, and what this one commits to theirs.
 *
 * <p>Changes of one instance are asked for at the node that owns it, all else at every node. What a node commits before
 * it answers {@link Watch} is not told, so whoever watches reads again upon the answer; and so after each change of the
 * owner and each new link.
 */
public final class CommitRelay implements CommitFeed.Elsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(CommitRelay.class);
    private static final Notice MISSED = Notice.newBuilder()
            .setChangesMissed(ChangesMissed.getDefaultInstance())
            .build();
    private static final Response DONE =
            Response.newBuilder().setDone(Done.getDefaultInstance()).build();

    /** From which on a node can tell of ends alone. */
    private static final int LEVEL_OF_ENDS = 2;

    /** After which a node that did not take what is watched here is told again. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final CommitFeed feed;
    private final PartitionAddresses partitions;
    private final Peers peers;
    private final RosterSource roster;
    private final Function<UUID, Optional<InstanceRow>> stored;
    private final WantedElsewhere wanted = new WantedElsewhere();

    /** The lane, after the pause. */
    private final Executor later;

    /** Everything below is changed on it alone. */
    private final Lane lane;

    private final Set<Interest> watched = new HashSet<>();
    private final Map<String, Wishes> wishes = new HashMap<>();
    private Roster seen;

    /**
     * @param stored reads the row with its payloads
     */
    public CommitRelay(
            CommitFeed feed,
            PartitionAddresses partitions,
            Peers peers,
            RosterSource roster,
            Function<UUID, Optional<InstanceRow>> stored,
            Executor executor) {
        this.feed = feed;
        this.partitions = partitions;
        this.peers = peers;
        this.roster = roster;
        this.stored = stored;
        this.lane = new Lane(executor);
        this.later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, lane::run);
        this.seen = roster.current();
    }

    /** Before the first watcher and the first commit. */
    public void begin() {
        feed.connect(this);
        peers.respond(Request.RequestCase.WATCH, (node, request) -> {
            wanted.take(node, request.getWatch());
            return CompletableFuture.completedFuture(DONE);
        });
        peers.listen(Notice.NoticeCase.CHANGED, (node, notice) -> lane.run(() -> take(node, notice.getChanged())));
        peers.listen(Notice.NoticeCase.CHANGES_MISSED, (node, notice) -> lane.run(() -> feed.missed(allOf(node))));
        peers.watch(new Peers.Watcher() {
            @Override
            public void linked(String node) {
                // What was committed while the link was down has not been told.
                peers.tell(node, MISSED);
                lane.run(() -> linkedTo(node));
            }

            @Override
            public void lost(String node) {
                lane.run(() -> wishes.remove(node));
            }
        });
        roster.watch(now -> lane.run(() -> follow(now)));
    }

    @Override
    public void changed(Interest interest) {
        lane.run(() -> {
            boolean isWatched = feed.isWatched(interest);
            if (isWatched) {
                watched.add(interest);
            } else if (!watched.remove(interest)) {
                return;
            }
            wishes.forEach((node, of) -> {
                if (!isWatched) {
                    of.remove(interest);
                } else if (isFor(interest, node)) {
                    of.add(interest);
                }
                send(node, of);
            });
        });
    }

    @Override
    public boolean isInterested(UUID instance, @Nullable Origin origin, boolean ends) {
        return wanted.isAny(instance, origin, ends);
    }

    @Override
    public void committed(InstanceChange change) {
        InstanceRow instance = change.instance();
        Set<String> nodes = wanted.by(instance.id(), instance.origin(), change.isEnd());
        if (nodes.isEmpty()) {
            return;
        }
        Changed.Builder changed = Changed.newBuilder().setInstance(Records.record(instance));
        change.events().forEach(event -> changed.addEvents(Records.record(event)));
        Notice notice = Notice.newBuilder().setChanged(changed).build();
        nodes.forEach(node -> peers.tell(node, notice, MISSED));
    }

    /** What comes late from an owner before would overtake what the present one told; that is read when it changes. */
    private void take(String node, Changed changed) {
        String owner =
                seen.partitions().get(changed.getInstance().getPartition()).owner();
        if (owner != null && !owner.equals(node)) {
            return;
        }
        InstanceRow row = Records.row(changed.getInstance());
        List<EventRow> events = changed.getEventsList().stream()
                .map(event -> Records.row(row.id(), event))
                .toList();
        feed.publishFromElsewhere(
                new InstanceChange(row, () -> stored.apply(row.id()).orElse(row), events));
    }

    private void linkedTo(String node) {
        Wishes of = new Wishes(seen.member(node)
                .filter(member -> member.level() >= LEVEL_OF_ENDS)
                .isPresent());
        wishes.put(node, of);
        watched.stream().filter(interest -> isFor(interest, node)).forEach(of::add);
        send(node, of);
    }

    private void follow(Roster now) {
        Roster before = seen;
        seen = now;
        before.members().stream()
                .map(Roster.Member::id)
                .filter(id -> now.member(id).isEmpty())
                .forEach(wanted::forget);
        if (now.partitions().equals(before.partitions())) {
            return;
        }
        List<Interest> toRead = new ArrayList<>();
        for (Interest interest : watched) {
            UUID id = instanceOf(interest);
            if (id == null) {
                toRead.add(interest);
                continue;
            }
            int partition = partitions.partitionOf(id);
            Roster.Ownership owned = now.partitions().get(partition);
            Roster.Ownership last = before.partitions().get(partition);
            if (owned.equals(last)) {
                continue;
            }
            if (last.owner() != null && wishes.get(last.owner()) instanceof Wishes old) {
                old.remove(interest);
            }
            if (owned.owner() != null && wishes.get(owned.owner()) instanceof Wishes next) {
                next.add(interest);
            }
            if (now.isOwn(partition)) {
                toRead.add(interest);
            }
        }
        wishes.forEach(this::send);
        // What the last owner committed stands in the database by now; what this node commits, it tells.
        feed.missed(toRead);
    }

    /** Whose changes its owner tells; null where all nodes tell. */
    private static @Nullable UUID instanceOf(Interest interest) {
        return switch (interest) {
            case Interest.Instance(UUID id) -> id;
            case Interest.EndOf(UUID id) -> id;
            case Interest.Everything all -> null;
            case Interest.ChildrenOf children -> null;
        };
    }

    private boolean isFor(Interest interest, String node) {
        UUID id = instanceOf(interest);
        return id == null
                || node.equals(seen.partitions().get(partitions.partitionOf(id)).owner());
    }

    private List<Interest> allOf(String node) {
        return watched.stream().filter(interest -> isFor(interest, node)).toList();
    }

    /** One request at a time a node: what is wished meanwhile goes with the next. */
    private void send(String node, Wishes of) {
        if (!of.mayGo()) {
            return;
        }
        List<Interest> added = of.added();
        Watch watch = of.take();
        var _ = peers.call(node, Request.newBuilder().setWatch(watch).build())
                .whenComplete((@Nullable Response response, @Nullable Throwable failure) -> lane.run(() -> {
                    if (wishes.get(node) != of) {
                        return;
                    }
                    if (response == null || !response.hasDone()) {
                        LOG.debug("Node {} was not told what is watched here: {}", node, response, failure);
                        later.execute(() -> sayAnew(node, of));
                        return;
                    }
                    of.answered();
                    feed.missed(added);
                    send(node, of);
                }));
    }

    /** Where the link broke meanwhile, the next one does so anyway. */
    private void sayAnew(String node, Wishes of) {
        if (wishes.get(node) == of) {
            linkedTo(node);
        }
    }
}
