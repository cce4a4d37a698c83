package io.orquestrax.server.cluster;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.orchestration.ClusterControl;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.node.NodeRegister;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The cluster for callers: the roster as it was read last, and states that are changed by command. */
public final class RosterControl implements ClusterControl {
    private static final String LOST = "lost";
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(1);

    private final Membership membership;
    private final NodeRegister register;
    private final Duration staleAfter;

    public RosterControl(Membership membership, NodeRegister register, Duration staleAfter) {
        this.membership = membership;
        this.register = register;
        this.staleAfter = staleAfter;
    }

    @Override
    public ClusterView view() {
        Roster roster = membership.current();
        Duration age = membership.age();
        List<Roster.Ownership> partitions = roster.partitions();
        return new ClusterView(
                roster.cluster(),
                roster.self(),
                roster.members().stream()
                        .map(member -> node(member, partitions, age))
                        .toList(),
                IntStream.range(0, partitions.size())
                        .mapToObj(number -> new ClusterView.PartitionView(
                                number,
                                partitions.get(number).owner(),
                                partitions.get(number).epoch()))
                        .toList());
    }

    /** Where the database is away, nobody is heard of, and this node is no exception. */
    private ClusterView.NodeView node(Roster.Member member, List<Roster.Ownership> partitions, Duration age) {
        boolean isUnheard = age.compareTo(staleAfter) > 0;
        List<Integer> owned = new ArrayList<>();
        for (int number = 0; number < partitions.size(); number++) {
            if (member.id().equals(partitions.get(number).owner())) {
                owned.add(number);
            }
        }
        Roster.Load load = member.load();
        return new ClusterView.NodeView(
                member.id(),
                member.version(),
                member.apiAddress(),
                member.startedAt(),
                member.isAlive() && !isUnheard ? MemberCodec.text(member.state()) : LOST,
                isUnheard ? member.silence().plus(age) : member.silence(),
                owned,
                new ClusterView.LoadView(
                        load.residentInstances(),
                        load.queuedCommands(),
                        load.workers(),
                        load.queuedJobs(),
                        load.runningJobs()));
    }

    @Override
    public void drain(String node, boolean undo) {
        Roster roster = membership.current();
        Roster.Member meant = find(roster, node);
        if (meant.state() == Roster.State.LEAVING) {
            throw invalid("Expected a node that stays, but " + meant.id() + " is leaving.");
        }
        boolean hasAnother = roster.members().stream()
                .anyMatch(member -> member.isAlive()
                        && member.state() == Roster.State.SERVING
                        && !member.id().equals(meant.id()));
        if (!undo && !hasAnother) {
            throw invalid("Expected another node that serves, to take the partitions of " + meant.id()
                    + ", but there is none; start one first.");
        }
        Roster.State wanted = undo ? Roster.State.SERVING : Roster.State.DRAINING;
        CompletableFuture<Void> seen = new CompletableFuture<>();
        try (Subscription _ = membership.watch(next -> {
            if (next.member(meant.id()).map(Roster.Member::state).orElse(wanted) == wanted) {
                seen.complete(null);
            }
        })) {
            register.changeState(meant.id(), MemberCodec.text(wanted));
            membership.doubt();
            // The caller looks at the cluster next, and shall see what he did. Where it takes longer, he sees it later.
            seen.completeOnTimeout(null, SEEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private static Roster.Member find(Roster roster, String beginning) {
        List<Roster.Member> found = roster.members().stream()
                .filter(member -> !beginning.isEmpty() && member.id().startsWith(beginning))
                .toList();
        if (found.isEmpty()) {
            throw new ServiceException(
                    ErrorCode.NODE_NOT_FOUND,
                    "Expected the id of a node, or the beginning of one, but \"" + beginning + "\" is none.");
        }
        if (found.size() > 1) {
            throw invalid("Expected the beginning of one node's id, but \"" + beginning + "\" is the beginning of "
                    + found.size() + ".");
        }
        return found.getFirst();
    }

    private static ServiceException invalid(String detail) {
        return new ServiceException(ErrorCode.INVALID_REQUEST, detail);
    }
}
