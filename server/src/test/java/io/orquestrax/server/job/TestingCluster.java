package io.orquestrax.server.job;

import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Command.ClaimJob;
import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.TestingRoster;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.partition.CommandGateway;
import io.orquestrax.server.peer.PeerLostException;
import io.orquestrax.server.peer.Peers;
import io.orquestrax.server.peer.TestingNetwork;
import io.orquestrax.server.peer.TestingPeers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dispatchers of several nodes in one JVM, with partitions that keep the books of their jobs as the engine does.
 *
 * <p>Instance n is of partition n modulo 2.
 */
final class TestingCluster implements AutoCloseable {
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Duration UNCLAIMED_GRACE = Duration.ofSeconds(15);
    static final int PARTITIONS = 2;

    final TestingTime time = new TestingTime();
    final TestingNetwork network;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final @Nullable String[] owners = new String[PARTITIONS];
    private final long[] epochs = new long[PARTITIONS];
    private final Map<JobId, JobOffer> open = new ConcurrentHashMap<>();
    private final Set<UUID> suspended = ConcurrentHashMap.newKeySet();

    /** Between the decision of an instance and what the decider hears of it. */
    Runnable whenAccepted = () -> {};

    /** Attempts whose result counted. */
    private final Set<JobId> counted = ConcurrentHashMap.newKeySet();

    private final List<Command> accepted = new ArrayList<>();
    private final List<Command> refused = new ArrayList<>();

    TestingCluster() {
        this(new TestingNetwork());
    }

    TestingCluster(TestingNetwork network) {
        this.network = network;
    }

    /** One node. */
    final class Node implements CommandGateway {
        final String id;
        final TestingPeers peers;
        final AtomicInteger lentNotices = new AtomicInteger();
        final AtomicLong lentBytes = new AtomicLong();
        final TestingRoster roster;
        final WorkFeed work = new WorkFeed();
        final Dispatcher dispatcher;
        private final Set<Integer> served = ConcurrentHashMap.newKeySet();

        private Node(String id) {
            this.id = id;
            this.peers = network.node(id);
            this.roster = new TestingRoster(id, PARTITIONS);
            this.dispatcher = new Dispatcher(
                    this,
                    time.clock(),
                    new DispatcherSettings(GRACE, UNCLAIMED_GRACE, Duration.ofMinutes(5), 1000),
                    work,
                    time,
                    new Neighbourhood(
                            new CountingPeers(peers, lentNotices, lentBytes),
                            roster,
                            TestingCluster::partitionOf,
                            instance -> served.contains(TestingCluster.partitionOf(instance))));
        }

        WorkerSession connect(WorkerHello hello, WorkerSink sink) {
            WorkerSession session = dispatcher.connect(hello, sink);
            settle();
            return session;
        }

        @Override
        public CompletableFuture<Reply> send(UUID instance, Command command) {
            Node owner = ownerOf(instance);
            if (owner == null || (owner != this && !peers.linked().contains(owner.id))) {
                return CompletableFuture.failedFuture(new PeerLostException("the owner", false));
            }
            boolean isNone = command instanceof LoseJob
                    && owner != this
                    && owner.dispatcher.isElsewhere(id, idOf(instance, command));
            return CompletableFuture.completedFuture(
                    isNone ? new Reply.Refused(Reply.Refusal.JOB_STALE) : decide(owner, instance, command));
        }

        @Override
        public CompletableFuture<Reply> sendAgain(UUID instance, Command command) {
            return send(instance, command)
                    .thenApply(reply -> counted.contains(idOf(instance, command)) ? Reply.ACCEPTED : reply);
        }
    }

    private record CountingPeers(Peers peers, AtomicInteger lentNotices, AtomicLong lentBytes) implements Peers {
        @Override
        public Set<String> linked() {
            return peers.linked();
        }

        @Override
        public CompletableFuture<Response> call(String node, Request request) {
            return peers.call(node, request);
        }

        @Override
        public void tell(String node, Notice notice) {
            if (notice.hasJobsLent()) {
                lentNotices.incrementAndGet();
                lentBytes.addAndGet(notice.getSerializedSize());
            }
            peers.tell(node, notice);
        }

        @Override
        public Subscription watch(Watcher watcher) {
            return peers.watch(watcher);
        }

        @Override
        public void respond(Request.RequestCase kind, Responder responder) {
            peers.respond(kind, responder);
        }

        @Override
        public void listen(Notice.NoticeCase kind, Listener listener) {
            peers.listen(kind, listener);
        }
    }

    Node node(String id) {
        Node joining = new Node(id);
        nodes.put(id, joining);
        nodes.values()
                .forEach(node -> nodes.keySet().forEach(other -> {
                    node.roster.join(TestingRoster.member(other, ""));
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        node.roster.own(partition, owners[partition]);
                    }
                }));
        settle();
        return joining;
    }

    static int partitionOf(UUID instance) {
        return (int) (instance.getLeastSignificantBits() % PARTITIONS);
    }

    @Nullable
    String ownerOf(int partition) {
        return owners[partition];
    }

    private @Nullable Node ownerOf(UUID instance) {
        String owner = owners[partitionOf(instance)];
        return owner == null ? null : nodes.get(owner);
    }

    /** Whoever had the partition loses it, and the node recovers it; nobody has it then where the node is absent. */
    void own(int partition, @Nullable Node node) {
        leave(partition, loser -> loser.dispatcher.forget(instance -> partitionOf(instance) == partition));
        if (node != null) {
            recover(partition, node);
        } else {
            show(partition);
        }
        settle();
    }

    /** Whoever has the partition gives it to the next node, which does not recover it yet. */
    void release(int partition, Node next) {
        leave(
                partition,
                giver -> giver.dispatcher.handOver(
                        instance -> partitionOf(instance) == partition, epochs[partition], next.id));
        show(partition);
    }

    private void leave(int partition, Consumer<Node> how) {
        String before = owners[partition];
        owners[partition] = null;
        Node leaving = before == null ? null : nodes.get(before);
        if (leaving != null) {
            leaving.served.remove(partition);
            how.accept(leaving);
        }
    }

    /** The partition of nobody becomes the node's. */
    void recover(int partition, Node node) {
        owners[partition] = node.id;
        epochs[partition]++;
        show(partition);
        node.dispatcher.offerRecovered(
                open.values().stream()
                        .filter(offer ->
                                partitionOf(offer.instance()) == partition && !suspended.contains(offer.instance()))
                        .toList(),
                epochs[partition]);
        node.served.add(partition);
    }

    private void show(int partition) {
        nodes.values().forEach(each -> each.roster.own(partition, owners[partition]));
    }

    /** It is gone with all that it knew. */
    void kill(Node node) {
        network.remove(node.id);
        nodes.remove(node.id);
        nodes.values().forEach(each -> each.roster.leave(node.id));
        settle();
    }

    void offer(JobOffer... offers) {
        for (JobOffer offer : offers) {
            open.put(Attempts.idOf(offer), offer);
            Node owner = ownerOf(offer.instance());
            if (owner != null) {
                owner.dispatcher.offer(offer);
            }
        }
    }

    /** The engine has no use for the attempt any more. */
    void withdraw(JobId job) {
        open.remove(job);
        Node owner = ownerOf(job.instance());
        if (owner != null) {
            owner.dispatcher.withdraw(job);
        }
        settle();
    }

    /** The instance's open jobs go on, and are not offered until it is resumed; nor when its partition is recovered. */
    void suspend(UUID instance) {
        suspended.add(instance);
        openJobs(instance).forEach(job -> ownerOfOpen(instance).dispatcher.hold(job));
        settle();
    }

    void resume(UUID instance) {
        suspended.remove(instance);
        openJobs(instance).forEach(job -> ownerOfOpen(instance).dispatcher.offerRecovered(List.of(open.get(job))));
        settle();
    }

    private List<JobId> openJobs(UUID instance) {
        return open.keySet().stream()
                .filter(job -> job.instance().equals(instance))
                .toList();
    }

    private Node ownerOfOpen(UUID instance) {
        return Objects.requireNonNull(ownerOf(instance));
    }

    private Reply claimed(Node owner, JobId job) {
        JobOffer offer = open.get(job);
        if (offer == null) {
            return new Reply.Refused(Reply.Refusal.JOB_STALE);
        }
        if (suspended.contains(job.instance())) {
            owner.dispatcher.offerRecovered(List.of(offer));
        }
        return Reply.ACCEPTED;
    }

    private synchronized Reply decide(Node owner, UUID instance, Command command) {
        JobId job = idOf(instance, command);
        if (command instanceof ClaimJob) {
            return claimed(owner, job);
        }
        JobOffer offer = open.remove(job);
        if (offer == null) {
            refused.add(command);
            return new Reply.Refused(Reply.Refusal.JOB_STALE);
        }
        accepted.add(command);
        whenAccepted.run();
        owner.dispatcher.ended(job);
        if (command instanceof LoseJob) {
            offer(TestingJobs.nextAttempt(offer));
        } else {
            counted.add(job);
        }
        return Reply.ACCEPTED;
    }

    private static JobId idOf(UUID instance, Command command) {
        return switch (command) {
            case CompleteJob result -> new JobId(instance, result.activation(), result.attempt());
            case FailJob result -> new JobId(instance, result.activation(), result.attempt());
            case ClaimJob claim -> new JobId(instance, claim.activation(), claim.attempt());
            case LoseJob loss -> new JobId(instance, loss.activation(), loss.attempt());
            default -> throw new AssertionError(command);
        };
    }

    /** What changed an instance, in order. */
    synchronized <C extends Command> List<C> accepted(Class<C> kind) {
        return accepted.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    synchronized List<Command> refused() {
        return List.copyOf(refused);
    }

    Map<JobId, JobOffer> open() {
        return open;
    }

    void settle() {
        network.settle();
    }

    void pass(Duration duration) {
        settle();
        time.pass(duration, this::settle);
        settle();
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.dispatcher.close());
        network.close();
    }
}
