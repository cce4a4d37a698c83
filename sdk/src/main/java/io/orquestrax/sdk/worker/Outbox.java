package io.orquestrax.sdk.worker;

import io.orquestrax.protocol.v1.Drain;
import io.orquestrax.protocol.v1.HandBack;
import io.orquestrax.protocol.v1.Heartbeat;
import io.orquestrax.protocol.v1.Heartbeats;
import io.orquestrax.protocol.v1.JobKey;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.protocol.v1.Results;
import io.orquestrax.protocol.v1.WorkerMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told to the server: what is ready goes into one message of each kind. Guarded by the ledger's lock.
 *
 * <p>A result stays until it is acknowledged; everything else is forgotten once it is handed to a stream.
 */
final class Outbox {
    /** Handlers may report progress at any rate; this is how often it travels. */
    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Longest silence on a stream: what is written here lets the socket find out that the peer is gone. */
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int maxBytes;
    private final Map<JobKey, Result> unacknowledged = new LinkedHashMap<>();
    private final Set<JobKey> unsent = new LinkedHashSet<>();
    private final Map<JobKey, Heartbeat> heartbeats = new LinkedHashMap<>();
    private final Set<JobKey> handBacks = new LinkedHashSet<>();
    private boolean drainDue;
    private long heartbeatsSentNanos = System.nanoTime() - HEARTBEAT_NANOS;
    private long sentNanos = System.nanoTime();

    /**
     * @param maxBytes of the payloads of one message
     */
    Outbox(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(Result result) {
        unacknowledged.put(result.getKey(), result);
        unsent.add(result.getKey());
    }

    void add(Heartbeat heartbeat) {
        heartbeats.merge(
                heartbeat.getKey(),
                heartbeat,
                (before, now) -> now.getProgress().isEmpty() ? before : now);
    }

    void handBack(JobKey key) {
        heartbeats.remove(key);
        handBacks.add(key);
    }

    void drain() {
        drainDue = true;
    }

    /** The result need not be sent again. */
    void acknowledged(JobKey key) {
        unacknowledged.remove(key);
        unsent.remove(key);
    }

    /** The server wants to hear nothing more of the job. */
    void forget(JobKey key) {
        acknowledged(key);
        heartbeats.remove(key);
        handBacks.remove(key);
    }

    boolean holdsResult(JobKey key) {
        return unacknowledged.containsKey(key);
    }

    Collection<Result> unacknowledged() {
        return unacknowledged.values();
    }

    boolean hasHandBacks() {
        return !handBacks.isEmpty();
    }

    void sendAgain(JobKey key) {
        unsent.add(key);
    }

    /** On a new stream, everything that was not acknowledged is due again. */
    void startOver(boolean draining) {
        unsent.addAll(unacknowledged.keySet());
        drainDue = draining;
        sentNanos = System.nanoTime();
    }

    /** How long there is nothing to send, unless something is added. */
    long quietNanos(long nowNanos) {
        long untilProbe = sentNanos + PROBE_NANOS - nowNanos;
        return heartbeats.isEmpty()
                ? untilProbe
                : Math.min(untilProbe, heartbeatsSentNanos + HEARTBEAT_NANOS - nowNanos);
    }

    /** The messages that are due, in the order to send them; empty for none. */
    List<WorkerMessage> take(long nowNanos) {
        List<WorkerMessage> messages = new ArrayList<>();
        if (drainDue) {
            drainDue = false;
            messages.add(WorkerMessage.newBuilder()
                    .setDrain(Drain.getDefaultInstance())
                    .build());
        }
        // Before the results: the progress of a failed attempt is for the next one.
        if (!heartbeats.isEmpty() && (!unsent.isEmpty() || nowNanos - heartbeatsSentNanos >= HEARTBEAT_NANOS)) {
            heartbeatsSentNanos = nowNanos;
            messages.add(takeHeartbeats());
        }
        if (!unsent.isEmpty()) {
            messages.add(takeResults());
        }
        if (!handBacks.isEmpty()) {
            messages.add(WorkerMessage.newBuilder()
                    .setHandBack(HandBack.newBuilder().addAllKeys(handBacks))
                    .build());
            handBacks.clear();
        }
        if (messages.isEmpty() && nowNanos - sentNanos >= PROBE_NANOS) {
            messages.add(WorkerMessage.newBuilder()
                    .setHeartbeats(Heartbeats.getDefaultInstance())
                    .build());
        }
        if (!messages.isEmpty()) {
            sentNanos = nowNanos;
        }
        return messages;
    }

    private WorkerMessage takeHeartbeats() {
        Heartbeats.Builder batch = Heartbeats.newBuilder();
        long bytes = 0;
        Iterator<Heartbeat> due = heartbeats.values().iterator();
        while (due.hasNext()) {
            Heartbeat heartbeat = due.next();
            bytes += heartbeat.getSerializedSize();
            if (batch.getHeartbeatsCount() > 0 && bytes > maxBytes) {
                break;
            }
            batch.addHeartbeats(heartbeat);
            due.remove();
        }
        return WorkerMessage.newBuilder().setHeartbeats(batch).build();
    }

    private WorkerMessage takeResults() {
        Results.Builder batch = Results.newBuilder();
        long bytes = 0;
        Iterator<JobKey> due = unsent.iterator();
        while (due.hasNext()) {
            @Nullable Result result = unacknowledged.get(due.next());
            if (result != null) {
                bytes += result.getSerializedSize();
                if (batch.getResultsCount() > 0 && bytes > maxBytes) {
                    break;
                }
                batch.addResults(result);
            }
            due.remove();
        }
        return WorkerMessage.newBuilder().setResults(batch).build();
    }
}
