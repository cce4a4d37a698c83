package io.orquestrax.server.partition;

import io.orquestrax.server.journal.Journal;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.partition.PartitionRegister;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims all partitions for this node, again where another node took them: one node owns them all for now. */
public final class PartitionOwnership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionOwnership.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A tenure that lasted this long does not count as a quarrel with another node. */
    private static final Duration CALM = Duration.ofMinutes(1);

    private final PartitionRegister register;
    private final String node;
    private final Partitions partitions;
    private final Journal journal;
    private final JobOutlet jobs;
    private final BlockingQueue<Set<Integer>> losses;
    private final Thread thread;
    private Duration pause = SHORTEST_PAUSE;
    private long claimedNanos;

    /**
     * @param losses where the journal says that partitions were fenced
     */
    public PartitionOwnership(
            PartitionRegister register,
            String node,
            Partitions partitions,
            Journal journal,
            JobOutlet jobs,
            BlockingQueue<Set<Integer>> losses) {
        this.register = register;
        this.node = node;
        this.partitions = partitions;
        this.journal = journal;
        this.jobs = jobs;
        this.losses = losses;
        this.thread = Thread.ofVirtual().name("ownership").unstarted(this::run);
    }

    public static BlockingQueue<Set<Integer>> lossQueue() {
        return new LinkedBlockingQueue<>();
    }

    /**
     * Claims, and keeps claiming whenever the partitions are lost.
     *
     * @throws StoreException if the first claim fails
     */
    public void begin() {
        claim();
        thread.start();
    }

    /** Gives the partitions up; the journal has nothing left to write by then. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Set<Integer> all = new HashSet<>();
        for (int number = 0; number < partitions.count(); number++) {
            all.add(number);
        }
        try {
            register.release(node, all);
        } catch (StoreException away) {
            LOG.warn("The partitions could not be released; the next owner claims them all the same", away);
        }
    }

    private void claim() {
        Map<Integer, Long> epochs = register.claimAll(node);
        claimedNanos = System.nanoTime();
        partitions.serve(epochs);
        LOG.info("Claimed {} partitions", epochs.size());
    }

    private void run() {
        try {
            while (true) {
                Set<Integer> lost = losses.take();
                LOG.warn("Partitions {} were taken by another node; claiming all again in {}", lost, pause);
                reclaim();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("The partitions are claimed no more; the node must be started again", bug);
        }
    }

    private void reclaim() throws InterruptedException {
        partitions.loseAll();
        // Nothing of the lost tenures may be on its way when the jobs are forgotten and the histories are read.
        journal.flush();
        losses.clear();
        jobs.forget(instance -> true);
        if (System.nanoTime() - claimedNanos > CALM.toNanos()) {
            pause = SHORTEST_PAUSE;
        }
        while (true) {
            Thread.sleep(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            try {
                claim();
                return;
            } catch (StoreException away) {
                LOG.warn("The partitions cannot be claimed yet, and will be tried again", away);
            }
        }
    }
}
