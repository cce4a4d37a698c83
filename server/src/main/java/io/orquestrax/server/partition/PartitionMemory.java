package io.orquestrax.server.partition;

import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.server.timer.WakeUps;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.instance.InstanceQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances that a partition has in memory, and the wake-ups that are near. For the partition's thread.
 *
 * <p>An instance in memory has its wake-up here however far it is; of the others, those before {@link #readUntil}.
 */
final class PartitionMemory {
    /** How far ahead wake-ups are read from the database. */
    static final Duration HORIZON = Duration.ofMinutes(5);

    /** A wait shorter than this is spent in memory. */
    static final Duration SHORT_WAIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PartitionMemory.class);
    private static final Duration READ_AHEAD = Duration.ofSeconds(5);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);
    private static final int PAGE = 10_000;

    private final int partition;
    private final InstanceQueries queries;
    private final MemoryPolicy policy;
    private final Map<UUID, Residency> residents = new ConcurrentHashMap<>();
    private final WakeUps wakeUps = new WakeUps();
    private Instant readUntil = Instant.MIN;
    private Instant nextRead = Instant.MIN;
    private volatile int size;

    PartitionMemory(int partition, InstanceQueries queries, MemoryPolicy policy) {
        this.partition = partition;
        this.queries = queries;
        this.policy = policy;
    }

    /** From any thread. */
    int size() {
        return size;
    }

    void clear() {
        residents.clear();
        wakeUps.clearAll();
        readUntil = Instant.MIN;
        nextRead = Instant.MIN;
        size = 0;
    }

    /** From any thread. */
    @Nullable
    Residency find(UUID instance) {
        return residents.get(instance);
    }

    /** Keeps it, with its wake-up. */
    void keep(Residency residency) {
        residents.put(residency.id(), residency);
        residency
                .state()
                .wakeAt()
                .ifPresentOrElse(at -> wakeUps.set(residency.id(), at), () -> wakeUps.clear(residency.id()));
        size = residents.size();
    }

    /**
     * Lets go of it whatever its state is; its next command reads it anew.
     *
     * @return false where it is not here any more
     */
    boolean drop(Residency residency) {
        if (!residents.remove(residency.id(), residency)) {
            return false;
        }
        wakeUps.clear(residency.id());
        size = residents.size();
        return true;
    }

    void wakeAt(UUID instance, Instant at) {
        wakeUps.set(instance, at);
    }

    /** Lets go of an instance whose whole state is durable, if it has nothing to do soon. */
    void release(Residency residency, long durableSequence, Instant now) {
        InstanceState state = residency.state();
        if (state.sequence() != durableSequence
                || !mayLeave(state, now)
                || !residents.remove(residency.id(), residency)) {
            return;
        }
        size = residents.size();
        // A later one is read when its time is near; but of those that run, none is.
        if (policy == MemoryPolicy.KEEP_BUSY
                && state.wakeAt().filter(at -> at.isBefore(readUntil)).isEmpty()) {
            wakeUps.clear(residency.id());
        }
    }

    boolean mayLeave(InstanceState state, Instant now) {
        return policy == MemoryPolicy.FORGET_ALL || hasNothingToDoSoon(state, now);
    }

    private static boolean hasNothingToDoSoon(InstanceState state, Instant now) {
        return switch (state.status()) {
            case CANCELLED, FAULTED, COMPLETED, SUSPENDED -> true;
            case WAITING ->
                state.wakeAt().filter(at -> at.isBefore(now.plus(SHORT_WAIT))).isEmpty();
            case PENDING, RUNNING -> false;
        };
    }

    /**
     * Instances that are due and must be read first, at most so many; none where the next one that is due is here, for
     * there is time until these are.
     */
    List<UUID> absentDue(Instant now, int most) {
        List<UUID> due = wakeUps.due(now, 1);
        return due.isEmpty() || residents.containsKey(due.getFirst())
                ? List.of()
                : wakeUps.due(now, most).stream()
                        .filter(instance -> !residents.containsKey(instance))
                        .toList();
    }

    Optional<UUID> takeDue(Instant now) {
        return wakeUps.takeDue(now);
    }

    /** When there is something to do here next. */
    Instant next() {
        return wakeUps.next().filter(at -> at.isBefore(nextRead)).orElse(nextRead);
    }

    /** Reads the wake-ups that come near, if it is time to. */
    void readAhead(Instant now) {
        if (now.isBefore(nextRead)) {
            return;
        }
        Instant soonest = now.plus(BETWEEN_READS);
        try {
            List<InstanceQueries.WakeUp> page = queries.wakeUps(partition, now.plus(HORIZON), PAGE);
            for (InstanceQueries.WakeUp wakeUp : page) {
                if (!residents.containsKey(wakeUp.instance())) {
                    wakeUps.set(wakeUp.instance(), wakeUp.at());
                }
            }
            readUntil = page.size() < PAGE ? now.plus(HORIZON) : page.getLast().at();
            Instant wanted = readUntil.minus(READ_AHEAD);
            nextRead = wanted.isAfter(soonest) ? wanted : soonest;
        } catch (StoreException away) {
            LOG.warn("Partition {}: the next wake-ups cannot be read, and will be tried again", partition, away);
            nextRead = soonest;
        }
    }
}
