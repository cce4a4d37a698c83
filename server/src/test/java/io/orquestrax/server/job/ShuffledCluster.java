package io.orquestrax.server.job;

import com.google.protobuf.ByteString;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Command.ClaimJob;
import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.Answer;
import io.orquestrax.protocol.cluster.v1.Ask;
import io.orquestrax.protocol.cluster.v1.NotOwned;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.TestingRoster;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.partition.CommandGateway;
import io.orquestrax.server.partition.NotOwnedException;
import io.orquestrax.server.peer.PeerLostException;
import io.orquestrax.server.peer.ShuffledNetwork;
import io.orquestrax.server.peer.TestingPeers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dispatchers of several nodes on one thread, over a network that a random draw moves. The engine's partitions decide at
 * once, and what a decision leads to follows when the draw has it so, in the order of the node's journal; what a node
 * knows of owners and nodes is as late.
 *
 * <p>Instance n is of partition n modulo 2.
 */
final class ShuffledCluster {
    static final int PARTITIONS = 2;

    final TestingTime time = new TestingTime();
    final ShuffledNetwork network;
    final Map<JobId, JobOffer> open = new LinkedHashMap<>();

    /** Told of each attempt that the engine takes from whoever had it, and of what it was told itself. */
    BiConsumer<JobId, LoseJob> whenLost = (job, loss) -> {};

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Partition[] partitions = {new Partition(0), new Partition(1)};
    private final Set<UUID> suspended = new LinkedHashSet<>();
    private final Set<JobId> counted = new LinkedHashSet<>();
    private final List<Command> asked = new ArrayList<>();

    ShuffledCluster(Random random) {
        network = new ShuffledNetwork(random);
    }

    /** As the database has it. */
    private static final class Partition {
        final int number;

        @Nullable
        String owner;

        long epoch;

        Partition(int number) {
            this.number = number;
        }

        boolean has(UUID instance) {
            return partitionOf(instance) == number;
        }
    }

    /** One node. */
    final class Node implements CommandGateway {
        final String id;
        final TestingPeers peers;
        final TestingRoster roster;
        final Dispatcher dispatcher;

        /** The epochs in which it owns partitions, as far as it knows. */
        private final Map<Integer, Long> tenures = new LinkedHashMap<>();

        private final Set<Integer> recovered = new LinkedHashSet<>();

        private Node(String id) {
            this.id = id;
            this.peers = network.node(id);
            this.roster = new TestingRoster(id, PARTITIONS);
            this.dispatcher = new Dispatcher(
                    this,
                    time.clock(),
                    new DispatcherSettings(
                            TestingCluster.GRACE, TestingCluster.UNCLAIMED_GRACE, Duration.ofMinutes(5), 1000),
                    new WorkFeed(),
                    time,
                    new Neighbourhood(
                            peers,
                            roster,
                            ShuffledCluster::partitionOf,
                            instance -> recovered.contains(partitionOf(instance))));
            peers.respond(Request.RequestCase.ASK, this::answer);
        }

        @Override
        public CompletableFuture<Reply> send(UUID instance, Command command) {
            int partition = partitionOf(instance);
            if (tenures.containsKey(partition)) {
                return decide(instance, command);
            }
            String owner = roster.current().partitions().get(partition).owner();
            if (owner == null || owner.equals(id)) {
                return CompletableFuture.failedFuture(new PeerLostException("the owner", false));
            }
            asked.add(command);
            Ask ask = Ask.newBuilder()
                    .setInstanceId(instance.toString())
                    .setCommand(ByteString.copyFromUtf8("" + (asked.size() - 1)))
                    .build();
            return peers.call(owner, Request.newBuilder().setAsk(ask).build())
                    .thenCompose(response -> response.hasAnswer()
                            ? CompletableFuture.completedFuture(
                                    response.getAnswer().getRefusal().isEmpty()
                                            ? Reply.ACCEPTED
                                            : new Reply.Refused(Reply.Refusal.JOB_STALE))
                            : CompletableFuture.failedFuture(new NotOwnedException(partition)));
        }

        @Override
        public CompletableFuture<Reply> sendAgain(UUID instance, Command command) {
            return send(instance, command)
                    .thenApply(reply -> counted.contains(idOf(instance, command)) ? Reply.ACCEPTED : reply);
        }

        private CompletableFuture<Response> answer(String node, Request request) {
            UUID instance = UUID.fromString(request.getAsk().getInstanceId());
            Command command =
                    asked.get(Integer.parseInt(request.getAsk().getCommand().toStringUtf8()));
            if (command instanceof LoseJob && dispatcher.isElsewhere(node, idOf(instance, command))) {
                return CompletableFuture.completedFuture(response(new Reply.Refused(Reply.Refusal.JOB_STALE)));
            }
            return decide(instance, command)
                    .thenApply(ShuffledCluster::response)
                    .exceptionally(notOwned -> Response.newBuilder()
                            .setNotOwned(NotOwned.getDefaultInstance())
                            .build());
        }

        /** What waits for the recovery is tried again by whoever asked. */
        private CompletableFuture<Reply> decide(UUID instance, Command command) {
            Partition partition = partitions[partitionOf(instance)];
            if (!recovered.contains(partition.number) || !isOwner(partition)) {
                return CompletableFuture.failedFuture(new NotOwnedException(partition.number));
            }
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            ShuffledCluster.this.decide(this, idOf(instance, command), command, reply);
            return reply;
        }

        private boolean isOwner(Partition partition) {
            return id.equals(partition.owner) && Long.valueOf(partition.epoch).equals(tenures.get(partition.number));
        }

        /** The lane with what it hears of nodes and owners. */
        String news() {
            return id + "'s roster";
        }

        private String journal() {
            return id + "'s journal";
        }

        private void later(Runnable effect) {
            network.later(journal(), effect);
        }
    }

    private static Response response(Reply reply) {
        return Response.newBuilder()
                .setAnswer(Answer.newBuilder().setRefusal(reply instanceof Reply.Accepted ? "" : "JOB_STALE"))
                .build();
    }

    Node join(String id) {
        Node joining = new Node(id);
        nodes.put(id, joining);
        for (Node node : nodes.values()) {
            for (String other : nodes.keySet()) {
                hear(node, () -> node.roster.join(TestingRoster.member(other, "")));
            }
        }
        for (Partition partition : partitions) {
            String owner = partition.owner;
            hear(joining, () -> joining.roster.own(partition.number, owner));
        }
        return joining;
    }

    private void hear(Node node, Runnable news) {
        network.later(node.news(), news);
    }

    static int partitionOf(UUID instance) {
        return (int) (instance.getLeastSignificantBits() % PARTITIONS);
    }

    @Nullable
    String ownerOf(int partition) {
        return partitions[partition].owner;
    }

    /** The owner, if there is one, gives the partition to the next one, which recovers it some time. */
    void give(int number, Node next) {
        Partition partition = partitions[number];
        Node giver = partition.owner == null ? null : nodes.get(partition.owner);
        if (giver != null && giver.isOwner(partition)) {
            endTenure(giver, number);
            giver.dispatcher.handOver(partition::has, partition.epoch, next.id);
        }
        own(partition, null);
        claim(partition, next);
    }

    /** Another node takes the partition from its owner, who hears of it later. */
    void take(int number, Node next) {
        Partition partition = partitions[number];
        Node loser = partition.owner == null ? null : nodes.get(partition.owner);
        if (loser != null) {
            lose(loser, partition, partition.epoch, loser != next);
        }
        claim(partition, next);
    }

    private void lose(Node loser, Partition partition, long epoch, boolean isLater) {
        Runnable forgets = () -> {
            if (Long.valueOf(epoch).equals(loser.tenures.get(partition.number))) {
                endTenure(loser, partition.number);
                loser.dispatcher.forget(partition::has);
            }
        };
        if (isLater) {
            hear(loser, forgets);
        } else {
            forgets.run();
        }
    }

    private void endTenure(Node node, int partition) {
        node.tenures.remove(partition);
        node.recovered.remove(partition);
        network.finish(node.journal());
    }

    private void claim(Partition partition, Node next) {
        Long before = next.tenures.get(partition.number);
        if (before != null) {
            lose(next, partition, before, false);
        }
        partition.epoch++;
        own(partition, next.id);
        long epoch = partition.epoch;
        next.tenures.put(partition.number, epoch);
        next.later(() -> recover(partition, next, epoch));
    }

    private void own(Partition partition, @Nullable String owner) {
        partition.owner = owner;
        nodes.values().forEach(node -> hear(node, () -> node.roster.own(partition.number, owner)));
    }

    private void recover(Partition partition, Node node, long epoch) {
        if (!node.isOwner(partition) || partition.epoch != epoch) {
            return;
        }
        node.dispatcher.offerRecovered(
                open.values().stream()
                        .filter(offer -> partition.has(offer.instance()) && !suspended.contains(offer.instance()))
                        .toList(),
                epoch);
        node.recovered.add(partition.number);
    }

    /** It is gone with all that it knew, and its partitions have no living owner. */
    void kill(Node node) {
        nodes.remove(node.id);
        network.remove(node.id);
        network.drop(node.journal());
        network.drop(node.news());
        node.tenures.clear();
        node.recovered.clear();
        nodes.values().forEach(other -> hear(other, () -> other.roster.leave(node.id)));
    }

    void offer(JobOffer offer) {
        open.put(Attempts.idOf(offer), offer);
        perform(offer.instance(), owner -> owner.dispatcher.offer(offer));
    }

    /** The engine has no use for the attempt any more. */
    void withdraw(JobId job) {
        if (deciderOf(job.instance()) != null) {
            open.remove(job);
            perform(job.instance(), owner -> owner.dispatcher.withdraw(job));
        }
    }

    /** The instance's open jobs go on, and are not offered until it is resumed; nor when its partition is recovered. */
    void suspend(UUID instance) {
        if (deciderOf(instance) != null && suspended.add(instance)) {
            openJobs(instance).forEach(job -> perform(instance, owner -> owner.dispatcher.hold(job)));
        }
    }

    void resume(UUID instance) {
        if (deciderOf(instance) != null && suspended.remove(instance)) {
            openJobs(instance).forEach(job -> {
                JobOffer offer = open.get(job);
                perform(instance, owner -> owner.dispatcher.offerRecovered(List.of(offer)));
            });
        }
    }

    List<UUID> suspended() {
        return List.copyOf(suspended);
    }

    private List<JobId> openJobs(UUID instance) {
        return open.keySet().stream()
                .filter(job -> job.instance().equals(instance))
                .toList();
    }

    /** The node that decides for the instance now, if any does. */
    private @Nullable Node deciderOf(UUID instance) {
        Partition partition = partitions[partitionOf(instance)];
        Node owner = partition.owner == null ? null : nodes.get(partition.owner);
        return owner != null && owner.isOwner(partition) && owner.recovered.contains(partition.number) ? owner : null;
    }

    /** Once it is durable; where nobody decides, the next owner finds it. */
    private void perform(UUID instance, Consumer<Node> effect) {
        Node owner = deciderOf(instance);
        if (owner != null) {
            owner.later(() -> effect.accept(owner));
        }
    }

    private void decide(Node owner, JobId job, Command command, CompletableFuture<Reply> reply) {
        JobOffer offer = open.get(job);
        if (offer == null) {
            owner.later(() -> reply.complete(new Reply.Refused(Reply.Refusal.JOB_STALE)));
            return;
        }
        if (command instanceof ClaimJob) {
            if (suspended.contains(job.instance())) {
                owner.later(() -> owner.dispatcher.offerRecovered(List.of(offer)));
            }
            owner.later(() -> reply.complete(Reply.ACCEPTED));
            return;
        }
        open.remove(job);
        owner.later(() -> owner.dispatcher.ended(job));
        if (command instanceof LoseJob loss) {
            whenLost.accept(job, loss);
            JobOffer next = TestingJobs.nextAttempt(offer);
            open.put(Attempts.idOf(next), next);
            if (!suspended.contains(job.instance())) {
                owner.later(() -> owner.dispatcher.offer(next));
            }
        } else {
            counted.add(job);
        }
        owner.later(() -> reply.complete(Reply.ACCEPTED));
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

    /** Everything arrives before and after each timer. */
    void pass(Duration duration) {
        network.settle();
        time.pass(duration, network::settle);
        network.settle();
    }
}
