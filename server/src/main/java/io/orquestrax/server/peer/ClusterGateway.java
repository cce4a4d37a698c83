package io.orquestrax.server.peer;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.NotOwnedException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to instances wherever they are: to a partition of this node, or over the link to the node that owns it. While
 * a partition changes hands its commands wait here, and are tried again when the roster or a link changes.
 */
public final class ClusterGateway implements InstanceGateway {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterGateway.class);

    /** Of the patience with a command, an answer to it may wait for this part for the end of the instance. */
    private static final int ENDS_IN_PATIENCE = 4;

    private final InstanceGateway local;
    private final IntPredicate isHere;
    private final Peers peers;
    private final RosterSource roster;
    private final Traces traces;
    private final Limits limits;
    private final ScheduledExecutorService scheduler;
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<RoutedCall, Roster.Ownership> waiting = new ConcurrentHashMap<>();

    /**
     * @param patience how long a command may take to reach who decides it
     * @param underWay commands that one other node may have been asked and not answered yet
     * @param waiting commands that may wait for their partition to be owned
     */
    public record Limits(Duration patience, int underWay, int waiting) {}

    /**
     * @param local to the partitions of this node; fails with {@link NotOwnedException} for those of others
     * @param isHere whether a partition is one of these, which is known here before the roster says so
     * @param scheduler runs each task on a thread of its own
     */
    public ClusterGateway(
            InstanceGateway local,
            IntPredicate isHere,
            Peers peers,
            RosterSource roster,
            Traces traces,
            Limits limits,
            ScheduledExecutorService scheduler) {
        this.local = local;
        this.isHere = isHere;
        this.peers = peers;
        this.roster = roster;
        this.traces = traces;
        this.limits = limits;
        this.scheduler = scheduler;
    }

    /** Before the first command. */
    public void begin() {
        roster.watch(now -> retry(call -> !isAsBefore(call, now)));
        peers.watch(new Peers.Watcher() {
            @Override
            public void linked(String node) {
                retry(call -> roster.current()
                        .ownerOf(call.partition())
                        .filter(owner -> owner.id().equals(node))
                        .isPresent());
            }

            @Override
            public void lost(String node) {
                // What was asked over the link has failed by itself.
            }
        });
    }

    @Override
    public int partitionOf(UUID instance) {
        return local.partitionOf(instance);
    }

    @Override
    public boolean knowsAsOpen(UUID instance) {
        return local.knowsAsOpen(instance);
    }

    @Override
    public CompletableFuture<Reply> send(UUID instance, Command command) {
        return ask(instance, command, null, false).thenApply(Answer::reply);
    }

    @Override
    public CompletableFuture<Reply> sendAgain(UUID instance, Command command) {
        RoutedCall call = call(instance, command, null, false);
        call.mayHaveRun(true);
        route(call);
        return call.answer().thenApply(Answer::reply);
    }

    @Override
    public CompletableFuture<Answer> ask(UUID instance, Command command) {
        return ask(instance, command, null, true);
    }

    @Override
    public CompletableFuture<Answer> start(
            UUID instance, Command.StartInstance command, Plan plan, boolean isFresh, Duration wait) {
        return ask(instance, command, new RoutedCall.Beginning(plan, isFresh, wait), true);
    }

    private CompletableFuture<Answer> ask(
            UUID instance, Command command, RoutedCall.@Nullable Beginning beginning, boolean wantsInstance) {
        RoutedCall call = call(instance, command, beginning, wantsInstance);
        route(call);
        return call.answer();
    }

    private RoutedCall call(
            UUID instance, Command command, RoutedCall.@Nullable Beginning beginning, boolean wantsInstance) {
        return new RoutedCall(
                instance,
                partitionOf(instance),
                command,
                beginning,
                wantsInstance,
                System.nanoTime() + limits.patience().toNanos());
    }

    private void route(RoutedCall call) {
        if (call.answer().isDone()) {
            return;
        }
        Roster seen = roster.current();
        if (isHere.test(call.partition()) || seen.isOwn(call.partition())) {
            askHere(call, seen);
            return;
        }
        Roster.Member owner = seen.ownerOf(call.partition()).orElse(null);
        if (owner == null) {
            park(call, seen);
        } else if (call.evidence().isPresent() && call.knownSequence() == null) {
            run(call, () -> {
                call.knownSequence(traces.lastSequence(call.instance()));
                route(call);
            });
        } else {
            askPeer(call, owner.id(), seen);
        }
    }

    private void askHere(RoutedCall call, Roster seen) {
        RoutedCall.Beginning beginning = call.beginning();
        CompletableFuture<Answer> asked = beginning != null && call.command() instanceof Command.StartInstance start
                ? local.start(call.instance(), start, beginning.plan(), call.isFresh(), beginning.awaited())
                : local.ask(call.instance(), call.command());
        var _ = asked.whenComplete((@Nullable Answer answer, @Nullable Throwable failure) -> {
            if (answer != null) {
                complete(call, answer);
            } else if (failure != null && Failures.cause(failure) instanceof NotOwnedException) {
                doubt(call, seen);
            } else if (failure != null) {
                call.answer().completeExceptionally(Failures.cause(failure));
            }
        });
    }

    private void askPeer(RoutedCall call, String node, Roster seen) {
        AtomicInteger asked = underWay.computeIfAbsent(node, id -> new AtomicInteger());
        int others = asked.getAndIncrement();
        if (others >= limits.underWay()) {
            asked.decrementAndGet();
            overloaded(
                    call,
                    "Expected at most " + limits.underWay() + " commands to be under way to node " + node
                            + ", but there are as many; ");
            return;
        }
        giveUpInTime(call);
        // An answer that waits for an end is under way for longer, which must not leave others without room.
        Duration longest =
                others < limits.underWay() / 2 ? limits.patience().dividedBy(ENDS_IN_PATIENCE) : Duration.ZERO;
        var _ = peers.call(node, Asks.request(call, longest))
                .whenComplete((@Nullable Response response, @Nullable Throwable failure) -> {
                    asked.decrementAndGet();
                    if (response != null) {
                        answered(call, seen, response);
                    } else if (failure != null) {
                        unanswered(call, seen, Failures.cause(failure));
                    }
                });
    }

    private void answered(RoutedCall call, Roster seen, Response response) {
        switch (response.getResponseCase()) {
            case ANSWER -> complete(call, response.getAnswer());
            case NOT_OWNED -> doubt(call, seen);
            case FAILURE -> {
                ServiceException failure = Failures.exception(response.getFailure());
                if (failure.code() == ErrorCode.UNAVAILABLE) {
                    // It stops, and another node takes over; or it waits for the database, as everybody does.
                    call.mayHaveRun(true);
                    doubt(call, seen);
                } else {
                    call.answer().completeExceptionally(failure);
                }
            }
            case CLAIMS_JUDGED, PRESENCES, WORKERS, LOANS_CONFIRMED, DONE, RESPONSE_NOT_SET ->
                call.answer()
                        .completeExceptionally(new IllegalStateException(
                                "Expected an answer to a command, but got " + response.getResponseCase()));
        }
    }

    private void complete(RoutedCall call, io.orquestrax.protocol.cluster.v1.Answer message) {
        try {
            complete(call, Asks.answer(message));
        } catch (RuntimeException unreadable) {
            call.answer().completeExceptionally(unreadable);
        }
    }

    /** A result that comes too late may be one whose first try was in time: the history tells. */
    private void complete(RoutedCall call, Answer answer) {
        Set<String> ends = call.ends();
        if (!call.mayHaveRun() || ends.isEmpty() || answer.reply() instanceof Reply.Accepted) {
            call.answer().complete(answer);
            return;
        }
        run(
                call,
                () -> call.answer()
                        .complete(
                                traces.hasEnd(call.job(), ends)
                                        ? new Answer(Reply.ACCEPTED, answer.instance())
                                        : answer));
    }

    private void unanswered(RoutedCall call, Roster seen, Throwable failure) {
        if (!(failure instanceof PeerLostException lost)) {
            call.answer().completeExceptionally(failure);
            return;
        }
        if (lost.mayHaveArrived()) {
            call.mayHaveRun(true);
        }
        doubt(call, seen);
    }

    private void doubt(RoutedCall call, Roster seen) {
        roster.doubt();
        park(call, seen);
    }

    private void park(RoutedCall call, Roster seen) {
        if (waiting.size() >= limits.waiting()) {
            overloaded(
                    call,
                    "Expected at most " + limits.waiting() + " commands to wait for partitions that change hands, but"
                            + " there are as many; ");
            return;
        }
        giveUpInTime(call);
        waiting.put(call, seen.partitions().get(call.partition()));
        ScheduledFuture<?> timer =
                scheduler.schedule(() -> retry(call), call.nextPause().toMillis(), TimeUnit.MILLISECONDS);
        var _ = call.answer().whenComplete((answer, failure) -> {
            timer.cancel(false);
            waiting.remove(call);
        });
        if (!isAsBefore(call, roster.current())) {
            scheduler.execute(() -> retry(call));
        }
    }

    /** Whether what the call waits for looks as it did when it began to wait. */
    private boolean isAsBefore(RoutedCall call, Roster now) {
        Roster.Ownership before = waiting.get(call);
        return before == null || before.equals(now.partitions().get(call.partition()));
    }

    /** Returns at once. */
    private void retry(Predicate<RoutedCall> which) {
        Set<RoutedCall> candidates = waiting.keySet();
        if (!candidates.isEmpty()) {
            scheduler.execute(() -> candidates.stream().filter(which).forEach(this::retry));
        }
    }

    private void retry(RoutedCall call) {
        if (waiting.remove(call) == null) {
            return;
        }
        if (call.mayHaveRun() && call.evidence().isPresent()) {
            lookForTraces(call, call.evidence().get());
        } else {
            route(call);
        }
    }

    /**
     * A wish whose first try may have been done: once whoever owns the instance has decided something harmless, what
     * came before is done or never will be, and the history tells.
     */
    private void lookForTraces(RoutedCall call, String evidence) {
        RoutedCall barrier = new RoutedCall(
                call.instance(), call.partition(), new Command.WakeInstance(), null, false, call.deadlineNanos());
        var _ = barrier.answer().whenComplete((@Nullable Answer answer, @Nullable Throwable failure) -> {
            if (failure != null) {
                call.answer().completeExceptionally(Failures.cause(failure));
                return;
            }
            run(call, () -> {
                Long known = call.knownSequence();
                traces.findIfFollowed(call.instance(), known == null ? 0 : known, evidence)
                        .ifPresentOrElse(row -> call.answer().complete(new Answer(Reply.ACCEPTED, () -> row)), () -> {
                            call.mayHaveRun(false);
                            route(call);
                        });
            });
        });
        route(barrier);
    }

    private void run(RoutedCall call, Runnable reading) {
        scheduler.execute(() -> {
            try {
                reading.run();
            } catch (RuntimeException away) {
                LOG.debug("Instance {}: the database cannot be read now", call.instance(), away);
                call.answer()
                        .completeExceptionally(new ServiceException(
                                ErrorCode.UNAVAILABLE, "The database cannot be used now; try again later."));
            }
        });
    }

    /** What is refused as overloaded was surely not done. */
    private static void overloaded(RoutedCall call, String reason) {
        call.answer()
                .completeExceptionally(new ServiceException(
                        call.mayHaveRun() ? ErrorCode.UNAVAILABLE : ErrorCode.OVERLOADED, reason + advice(call)));
    }

    private static String advice(RoutedCall call) {
        return call.mayHaveRun() ? "the command may have been done." : "try again later.";
    }

    private void giveUpInTime(RoutedCall call) {
        if (!call.beginsTime()) {
            return;
        }
        long leftNanos = Math.max(0, call.deadlineNanos() - System.nanoTime());
        ScheduledFuture<?> timer = scheduler.schedule(
                () -> call.answer()
                        .completeExceptionally(new ServiceException(
                                ErrorCode.UNAVAILABLE,
                                "Expected the owner of partition " + call.partition() + " to answer within "
                                        + limits.patience() + ", but it changes hands or cannot be reached; "
                                        + advice(call))),
                leftNanos,
                TimeUnit.NANOSECONDS);
        var _ = call.answer().whenComplete((answer, failure) -> timer.cancel(false));
    }
}
