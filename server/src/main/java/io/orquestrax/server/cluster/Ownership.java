package io.orquestrax.server.cluster;

import io.orquestrax.server.journal.Journal;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.partition.JobOutlet;
import io.orquestrax.server.partition.Partitions;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.partition.PartitionRegister;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets this node own what it should: claims what others released or left behind, gives away what others should own, and
 * forgets what was taken from it.
 */
public final class Ownership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

    private final RosterSource source;
    private final String node;
    private final PartitionRegister register;
    private final Duration staleAfter;
    private final Partitions partitions;
    private final Journal journal;
    private final JobOutlet jobs;
    private final Shares shares = new Shares();
    private final Map<Integer, Tenure> held = new ConcurrentHashMap<>();

    /** Epochs in which partitions were released, which a roster that was read before does not know yet. */
    private final Map<Integer, Long> released = new HashMap<>();

    private final Semaphore wake = new Semaphore(0);
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final CompletableFuture<Boolean> emptied = new CompletableFuture<>();
    private final Thread thread;
    private volatile Set<Integer> wanted = Set.of();
    private volatile boolean isClosed;

    /**
     * @param staleAfter silence after which an owner counts as dead
     */
    public Ownership(
            RosterSource source,
            String node,
            PartitionRegister register,
            Duration staleAfter,
            Partitions partitions,
            Journal journal,
            JobOutlet jobs) {
        this.source = source;
        this.node = node;
        this.register = register;
        this.staleAfter = staleAfter;
        this.partitions = partitions;
        this.journal = journal;
        this.jobs = jobs;
        this.thread = Thread.ofVirtual().name("ownership").unstarted(this::run);
    }

    public void begin() {
        thread.start();
    }

    /** Something has changed, as a tenure that the journal found fenced, or a partition that has recovered. */
    public void look() {
        wake.release();
    }

    /**
     * The partitions that other nodes give to this one, which does not serve yet, as soon as it does. None where nobody
     * else is there to have them: whatever it should own waits for it then.
     */
    public List<Integer> coming() {
        return Shares.comingTo(node, source.current());
    }

    /** Completes when the node serves for the first time all that it should and that no other node still owns. */
    public CompletableFuture<Boolean> settled() {
        return settled;
    }

    /**
     * One sentence; empty where the node can take calls. A share that grows, as when another node leaves, is no reason
     * to send callers away from every node that takes a part of it: what is asked of such a partition waits for it.
     */
    public Optional<String> reasonNotServing() {
        if (!settled.isDone() && wanted.isEmpty()) {
            return Optional.of("The node is joining the cluster.");
        }
        Set<Integer> unserved = new HashSet<>(wanted);
        int all = unserved.size();
        unserved.removeAll(Set.copyOf(partitions.serving()));
        boolean servesSome = settled.isDone() && unserved.size() < all;
        return unserved.isEmpty() || servesSome
                ? Optional.empty()
                : Optional.of("Recovering: " + (all - unserved.size()) + " of " + all + " partitions are served.");
    }

    /**
     * Waits until the node, which is leaving, has given everything away, or nobody is there to take it.
     *
     * @return false where something is still here when the time is over
     */
    public boolean awaitEmpty(Duration limit) {
        try {
            return emptied.get(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives up what is left; the partitions decide no more, and the journal has nothing left to write. */
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Map<Integer, Long> rest = new HashMap<>();
        held.forEach((number, tenure) -> rest.put(number, tenure.epoch()));
        held.clear();
        try {
            if (!rest.isEmpty()) {
                register.release(node, rest);
            }
        } catch (StoreException away) {
            LOG.warn("The partitions could not be released; the others see that the node is gone", away);
        }
    }

    private void run() {
        try (Subscription _ = source.watch(this::heard)) {
            while (!isClosed) {
                wake.acquire();
                wake.drainPermits();
                try {
                    boolean again = true;
                    while (again && !isClosed) {
                        again = step(source.current());
                    }
                } catch (StoreException away) {
                    LOG.warn("Partitions cannot change hands now, and will later", away);
                    TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE.toMillis());
                    wake.release();
                }
            }
        } catch (InterruptedException stopping) {
            LOG.debug("Ownership ends");
        } catch (RuntimeException bug) {
            LOG.error("Partitions change hands no more; the node must be started again", bug);
        }
    }

    /** Returns whether there is more to give away. */
    private boolean step(Roster roster) throws InterruptedException {
        dropLost();
        List<String> owners = shares.owners(roster);
        claim(roster, owners);
        if (giveOne(roster, owners)) {
            return true;
        }
        boolean isMember = roster.member(node)
                .filter(self -> self.state() != Roster.State.JOINING)
                .isPresent();
        if (isMember && partitions.serving().containsAll(wanted)) {
            settled.complete(true);
        }
        boolean isGoing = roster.member(node)
                .filter(self -> self.state() == Roster.State.LEAVING)
                .isPresent();
        if (isGoing && (held.isEmpty() || owners.isEmpty())) {
            emptied.complete(held.isEmpty());
        }
        return false;
    }

    /** What another node took is not this node's, whatever is in its memory. */
    private void heard(Roster roster) {
        for (Tenure tenure : held.values()) {
            Roster.Ownership row = roster.partitions().get(tenure.partition());
            // A smaller epoch was read before this node's claim.
            if (row.epoch() > tenure.epoch() || (row.epoch() == tenure.epoch() && !node.equals(row.owner()))) {
                tenure.lose();
            }
        }
        wake.release();
    }

    private void dropLost() throws InterruptedException {
        List<Tenure> lost = held.values().stream().filter(Tenure::isLost).toList();
        if (lost.isEmpty()) {
            return;
        }
        LOG.warn("Lost {}", lost);
        Set<Integer> numbers = new HashSet<>();
        for (Tenure tenure : lost) {
            partitions.leave(tenure);
            numbers.add(tenure.partition());
        }
        settleAndForget(numbers);
        numbers.forEach(held::remove);
        source.doubt();
    }

    /** Nothing of these tenures may be on its way when their jobs are forgotten, and their next owner reads. */
    private void settleAndForget(Set<Integer> numbers) {
        journal.flush();
        jobs.forget(instance -> numbers.contains(partitions.partitionOf(instance)));
    }

    private void claim(Roster roster, List<String> owners) {
        Set<Integer> missing = new HashSet<>();
        Map<Integer, Long> free = new HashMap<>();
        for (int number = 0; number < owners.size(); number++) {
            if (!node.equals(owners.get(number))) {
                continue;
            }
            boolean isOthers = roster.ownerOf(number)
                    .filter(owner -> !owner.id().equals(node))
                    .isPresent();
            if (!isOthers) {
                missing.add(number);
                if (!held.containsKey(number)) {
                    free.put(number, roster.partitions().get(number).epoch());
                }
            }
        }
        wanted = Set.copyOf(missing);
        if (free.isEmpty()) {
            return;
        }
        Map<Integer, Long> epochs = register.claim(node, free, staleAfter);
        epochs.forEach((number, epoch) -> {
            Tenure tenure = new Tenure(number, epoch);
            held.put(number, tenure);
            released.remove(number);
            partitions.serve(tenure);
        });
        if (!epochs.isEmpty()) {
            LOG.info("Claimed {} partitions", epochs.size());
        }
        if (epochs.size() < free.size()) {
            // What was read is old.
            source.doubt();
        }
    }

    /** Gives away one partition that another node should own; returns false where there is none. */
    private boolean giveOne(Roster roster, List<String> owners) throws InterruptedException {
        for (int number = 0; number < owners.size(); number++) {
            if (node.equals(owners.get(number))) {
                continue;
            }
            Tenure tenure = held.get(number);
            long epoch = roster.partitions().get(number).epoch();
            if (tenure != null) {
                give(tenure, owners.get(number));
                return true;
            }
            if (roster.isOwn(number) && !Long.valueOf(epoch).equals(released.get(number))) {
                release(number, epoch);
                return true;
            }
        }
        return false;
    }

    private void give(Tenure tenure, String next) throws InterruptedException {
        tenure.end();
        partitions.leave(tenure);
        journal.flush();
        jobs.handOver(instance -> partitions.partitionOf(instance) == tenure.partition(), tenure.epoch(), next);
        held.remove(tenure.partition());
        LOG.debug("Gives {} away", tenure);
        release(tenure.partition(), tenure.epoch());
    }

    private void release(int number, long epoch) {
        register.release(node, Map.of(number, epoch));
        released.put(number, epoch);
    }
}
