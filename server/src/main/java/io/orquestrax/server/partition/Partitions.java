package io.orquestrax.server.partition;

import io.micrometer.core.instrument.MeterRegistry;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.server.message.MessageCourier;
import io.orquestrax.store.message.MessageRow;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All partitions of a node, and the way to the right one. */
public final class Partitions implements InstanceGateway, MessageCourier {
    private final int count;
    private final PartitionParts parts;
    private final PartitionMeters meters;
    private final MeterRegistry registry;
    private volatile List<Partition> partitions = List.of();

    public Partitions(int count, PartitionParts parts, MeterRegistry registry) {
        this.count = count;
        this.parts = parts;
        this.registry = registry;
        this.meters = new PartitionMeters(registry);
    }

    /**
     * Before the first command; what these are themselves needs the way to the partitions, and so they come later.
     *
     * @param courier of what they write to instances of whichever partition
     * @param afterCommit told of what is written beside histories, after the messages among it were handed over
     * @param onServing told whenever a partition has recovered, on its thread: must hand over and return
     */
    public void open(JobOutlet jobs, MessageCourier courier, AfterCommit afterCommit, Runnable onServing) {
        HistoryParts histories = HistoryParts.of(parts, registry);
        StartResolver starts =
                new StartResolver(parts.messaging().plans(), parts.queries(), parts.recoveryParallelism());
        AfterCommit all = consequences -> {
            courier.deliver(consequences.messages());
            afterCommit.committed(consequences);
        };
        partitions = IntStream.range(0, count)
                .mapToObj(number -> new Partition(number, parts, meters, histories, jobs, starts, this, all, onServing))
                .toList();
        registry.gauge("orquestrax.instances.resident", this, Partitions::residents);
        registry.gauge("orquestrax.instances.loading", this, Partitions::loading);
        registry.gauge("orquestrax.partitions.queued", this, Partitions::queued);
        partitions.forEach(Partition::start);
    }

    /** Whether it is this node's, recovered or not. */
    public boolean isHere(int number) {
        return partitions.get(number).isHere();
    }

    /** Whether its partition is this node's and has recovered, and knows it, or that there is no such instance. */
    public boolean isServing(UUID instance) {
        return partitions.get(partitionOf(instance)).isServing(instance);
    }

    public int count() {
        return count;
    }

    @Override
    public int partitionOf(UUID instance) {
        return PartitionHash.partitionOf(instance, count);
    }

    @Override
    public void deliver(List<MessageRow> messages) {
        for (MessageRow message : messages) {
            partitions.get(message.partition()).deliver(message);
        }
    }

    /** Messages wait in the table for these partitions. */
    public void look(Set<Integer> numbers) {
        numbers.forEach(number -> partitions.get(number).look());
    }

    @Override
    public boolean knowsAsOpen(UUID instance) {
        return partitions.get(partitionOf(instance)).knowsAsOpen(instance);
    }

    /** Recovers and serves, in the background. */
    public void serve(Tenure tenure) {
        partitions.get(tenure.partition()).serve(tenure);
    }

    /** Returns when the partition of a tenure that is over has nothing of it in memory any more. */
    public void leave(Tenure tenure) throws InterruptedException {
        partitions.get(tenure.partition()).leave();
        tenure.awaitLeft();
    }

    /** Those that are recovered and decide. */
    public List<Integer> serving() {
        return partitions.stream()
                .filter(Partition::isServing)
                .map(Partition::number)
                .toList();
    }

    @Override
    public CompletableFuture<Answer> ask(UUID instance, Command command) {
        return ask(instance, command, null);
    }

    @Override
    public CompletableFuture<Answer> start(
            UUID instance, Command.StartInstance command, Plan plan, boolean isFresh, Duration wait) {
        return ask(instance, command, new Message.Birth(plan, isFresh));
    }

    /** Decides what waits, then ends; the journal may still have something to write. */
    public void stop(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        partitions.forEach(Partition::stop);
        try {
            for (Partition partition : partitions) {
                partition.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Answer> ask(UUID instance, Command command, Message.@Nullable Birth birth) {
        return partitions.get(partitionOf(instance)).ask(instance, command, birth);
    }

    /** Instances in memory. */
    public int residents() {
        return partitions.stream().mapToInt(Partition::residents).sum();
    }

    /** Instances whose long histories are read in the background. */
    private int loading() {
        return partitions.stream().mapToInt(Partition::loading).sum();
    }

    /** Commands that wait. */
    public int queued() {
        return partitions.stream().mapToInt(Partition::queued).sum();
    }
}
