package io.orquestrax.server.partition;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.Decider;
import io.orquestrax.server.journal.BatchWriter;
import io.orquestrax.server.journal.Journal;
import io.orquestrax.server.journal.JournalLimits;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.instance.InstanceQueries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what partitions run, before a node takes the first ones from others: a partition that changes hands stands still
 * until its new owner has read, decided and written, and code that never ran takes many times as long for that.
 *
 * <p>Some instances of a workflow of its own go through everything that an owner does, up to the database, which takes
 * back what is written: their partitions are none that there are. What the node is about to get is read, and kept only as
 * far as it stays right: compiled definitions.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private static final int SCENES = 50;
    private static final int INSTANCES_PER_SCENE = 8;
    private static final int SNAPSHOT_INTERVAL = 20;

    private final int partitionCount;
    private final PartitionParts parts;
    private final IntFunction<BatchWriter> writers;
    private final JournalLimits limits;

    /**
     * @param partitionCount of those that there are
     * @param parts of the node's partitions
     * @param writers by number of the lane; they take back what they write
     */
    public Rehearsal(int partitionCount, PartitionParts parts, IntFunction<BatchWriter> writers, JournalLimits limits) {
        this.partitionCount = partitionCount;
        this.parts = parts;
        this.writers = writers;
        this.limits = limits;
    }

    /**
     * Returns when all was run, the time is over, or nobody waits for it any more.
     *
     * @param coming partitions that the node is about to get
     * @param isWanted asked again and again
     * @return how many instances came to their end
     */
    public int play(List<Integer> coming, Duration limit, BooleanSupplier isWanted) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        MeterRegistry registry = new SimpleMeterRegistry();
        Journal journal = new Journal(writers, limits, lost -> {}, registry);
        PartitionParts own = own(journal);
        HistoryParts histories = HistoryParts.of(own, registry);
        Plan plan = plan();
        PartitionMeters meters = new PartitionMeters(registry);
        List<RehearsalStage> stages = IntStream.range(0, limits.lanes())
                .mapToObj(lane -> new RehearsalStage(partitionCount + lane, own, plan, meters, histories))
                .toList();
        int played = 0;
        try {
            stages.forEach(RehearsalStage::begin);
            while (played < SCENES && isWanted.getAsBoolean() && System.nanoTime() < deadlineNanos) {
                perform(stages, deadlineNanos);
                if (played < coming.size()) {
                    read(coming.get(played), histories);
                }
                played++;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | StoreException away) {
            LOG.debug("The rehearsal ends early", away);
        } finally {
            stages.forEach(RehearsalStage::end);
            journal.stop(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
            registry.close();
        }
        int completed = stages.stream().mapToInt(RehearsalStage::completed).sum();
        LOG.debug(
                "Rehearsed {} instances in {} ms",
                completed,
                limit.minusNanos(deadlineNanos - System.nanoTime()).toMillis());
        return completed;
    }

    private PartitionParts own(Journal journal) {
        return new PartitionParts(
                parts.decider(),
                parts.plans(),
                parts.queries(),
                journal,
                new CommitFeed(),
                parts.messaging(),
                MemoryPolicy.KEEP_BUSY,
                () -> true,
                parts.clock(),
                parts.queueLimit(),
                parts.startPatience(),
                SNAPSHOT_INTERVAL,
                parts.recoveryParallelism());
    }

    private static Plan plan() {
        try (InputStream document =
                Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal.yaml"), "rehearsal.yaml")) {
            String source = new String(document.readAllBytes(), StandardCharsets.UTF_8);
            return new DocumentCompiler().compile(source).plan().orElseThrow();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void perform(List<RehearsalStage> stages, long deadlineNanos)
            throws InterruptedException, ExecutionException {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int number = 0; number < INSTANCES_PER_SCENE; number++) {
            ends.add(stages.get(number % stages.size()).perform(number));
        }
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            LOG.debug("The last scene of the rehearsal was cut short");
        }
    }

    private void read(int partition, HistoryParts histories) throws InterruptedException {
        List<UUID> running = first(parts.queries().running(partition));
        histories.loader().load(running).forEach(this::look);
        List<InstanceQueries.WakeUp> wakeUps = parts.queries()
                .wakeUps(
                        partition,
                        parts.clock().instant().plus(PartitionMemory.HORIZON),
                        InstanceHistory.MOST_TOGETHER);
        List<UUID> due = wakeUps.stream().map(InstanceQueries.WakeUp::instance).toList();
        histories.history().shortReadings(due).forEach(this::look);
    }

    private static List<UUID> first(List<UUID> instances) {
        return instances.subList(0, Math.min(InstanceHistory.MOST_TOGETHER, instances.size()));
    }

    private void look(HistoryReading reading) {
        if (reading.state().isBorn()) {
            var _ = Decider.openJobs(reading.state());
            try {
                var _ = parts.plans()
                        .plan(reading.state().definition(), reading.state().contentHash());
            } catch (IllegalStateException unusable) {
                LOG.debug("Instance {}: its definition cannot be compiled", reading.instance(), unusable);
            }
        }
    }
}
