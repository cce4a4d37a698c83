package io.orquestrax.server.partition;

import io.orquestrax.engine.command.Command;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.instance.SnapshotRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Instances whose histories take too long to wait for: they are read in the background while the partition decides for
 * the others, and their own commands wait. For the partition's thread, where it does not say otherwise.
 */
final class LongHistories {
    /** Events that a partition waits for. */
    static final int MOST_AT_ONCE = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(LongHistories.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** Between two snapshots of a history on its way: what is read again where the reading is cut short. */
    private static final int EVENTS_PER_SNAPSHOT = 50_000;

    private final Partition partition;
    private final Snapshots snapshots;
    private final Semaphore permits;
    private final int mostWaiting;
    private final Map<UUID, Load> loads = new ConcurrentHashMap<>();
    private int waiting;

    /**
     * @param mostWaiting commands over all instances
     */
    LongHistories(Partition partition, HistoryParts parts, int mostWaiting) {
        this.partition = partition;
        this.snapshots = parts.snapshots();
        this.permits = parts.longReads();
        this.mostWaiting = mostWaiting;
    }

    /** One history on its way. */
    static final class Load {
        private final HistoryReading reading;
        private final boolean isRecovery;
        private final List<Waiting> waiting = new ArrayList<>();
        private @Nullable RuntimeException failure;
        private volatile boolean isOver;

        private Load(HistoryReading reading, boolean isRecovery) {
            this.reading = reading;
            this.isRecovery = isRecovery;
        }
    }

    private record Waiting(Command command, Occasion occasion) {}

    /** From any thread. */
    boolean isLoading(UUID instance) {
        return loads.containsKey(instance);
    }

    /** From any thread. */
    int size() {
        return loads.size();
    }

    /**
     * @param isRecovery whether its open jobs are to be offered when it is there
     */
    void begin(HistoryReading reading, boolean isRecovery) {
        Load load = new Load(reading, isRecovery);
        loads.put(reading.instance(), load);
        LOG.warn(
                "Instance {}: its history is long, and is read while partition {} serves the others",
                reading.instance(),
                partition.number());
        Thread.ofVirtual().name("history-" + reading.instance()).start(() -> read(load));
    }

    /** Keeps a command for an instance that is being loaded; false where it is not. */
    boolean hold(UUID instance, Command command, Occasion occasion) {
        Load load = loads.get(instance);
        if (load == null) {
            return false;
        }
        if (occasion.isOwn()) {
            // What is due is seen when the instance is there.
            return true;
        }
        if (waiting >= mostWaiting) {
            partition.abort(
                    occasion,
                    new ServiceException(
                            ErrorCode.OVERLOADED,
                            "Expected at most " + mostWaiting + " commands to wait for long histories of partition "
                                    + partition.number() + ", but there are as many; try again later."));
            return true;
        }
        load.waiting.add(new Waiting(command, occasion));
        waiting++;
        return true;
    }

    /** Forgets all of them, and gives back the questions that waited. */
    void clear() {
        for (Load load : loads.values()) {
            load.isOver = true;
            load.waiting.forEach(each -> partition.askAgain(load.reading.instance(), each.command(), each.occasion()));
        }
        loads.clear();
        waiting = 0;
    }

    void folded(Load load, SnapshotRow snapshot) {
        if (loads.get(snapshot.instance()) == load) {
            partition.write(snapshot);
        }
    }

    void loaded(Load load) {
        UUID instance = load.reading.instance();
        if (loads.get(instance) != load) {
            return;
        }
        RuntimeException failure = load.failure;
        if (failure == null) {
            partition.arrived(load.reading, load.isRecovery);
        }
        // Its jobs are known before anybody who has one may be told that they are not.
        loads.remove(instance);
        waiting -= load.waiting.size();
        if (failure == null) {
            load.waiting.forEach(each -> partition.decide(instance, each.command(), each.occasion()));
        } else {
            LOG.error("Instance {}: its history cannot be read, so it stays where it is", instance, failure);
            ServiceException refusal = new ServiceException(
                    ErrorCode.INTERNAL, "The history of instance " + instance + " cannot be read; see the log.");
            load.waiting.forEach(each -> partition.abort(each.occasion(), refusal));
        }
    }

    /** On a thread of its own. */
    private void read(Load load) {
        HistoryReading reading = load.reading;
        try {
            while (!load.isOver && !reading.isAtEnd()) {
                advance(reading);
                int enough = reading.isAtEnd() ? snapshots.interval() : EVENTS_PER_SNAPSHOT;
                if (reading.pace().isDue(enough)) {
                    snapshots
                            .take(reading.pace(), reading.state())
                            .ifPresent(snapshot -> partition.post(new Message.Folded(load, snapshot)));
                }
            }
        } catch (InterruptedException stopping) {
            return;
        } catch (RuntimeException notUnderstood) {
            load.failure = notUnderstood;
        }
        partition.post(new Message.Loaded(load));
    }

    private void advance(HistoryReading reading) throws InterruptedException {
        permits.acquire();
        try {
            reading.advance(MOST_AT_ONCE);
        } catch (StoreException away) {
            LOG.warn("Instance {}: its history cannot be read now, and will be later", reading.instance(), away);
            Thread.sleep(AFTER_FAILURE);
        } finally {
            permits.release();
        }
    }
}
