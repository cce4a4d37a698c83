package io.orquestrax.server.partition;

import io.orquestrax.engine.state.SnapshotCodec;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads what happened to instances. */
public final class InstanceHistory {
    private static final int PAGE = 1000;

    /** Instances that are read together at most. */
    static final int MOST_TOGETHER = 50;

    /** Events that one history may have to be read together with others. */
    private static final int SHORT = 100;

    private final InstanceQueries queries;

    public InstanceHistory(InstanceQueries queries) {
        this.queries = queries;
    }

    /** Has read nothing yet. */
    HistoryReading reading(UUID instance) {
        return new HistoryReading(queries, instance);
    }

    /**
     * The readings of many instances, each at its end, by one statement; without those that are longer than most, or
     * cannot be understood.
     *
     * @throws io.orquestrax.store.StoreException if the database cannot be read
     */
    List<HistoryReading> shortReadings(List<UUID> instances) {
        List<HistoryReading> readings = new ArrayList<>(instances.size());
        queries.latestOfMany(instances, SnapshotCodec.VERSION, SHORT).forEach((instance, latest) -> {
            HistoryReading reading = reading(instance);
            if (reading.isWhole(latest, SHORT)) {
                readings.add(reading);
            }
        });
        return readings;
    }

    /** How many events there are. */
    public long length(UUID instance) {
        return queries.lastSequence(instance);
    }

    /** The first event, and those after a sequence number, at most so many. */
    public List<EventRow> firstAndAfter(UUID instance, long afterSequence, int limit) {
        List<EventRow> events = new ArrayList<>(queries.history(instance, 0, 1));
        events.addAll(queries.history(instance, Math.max(1, afterSequence), limit));
        return List.copyOf(events);
    }

    /** The whole history, in order. */
    public List<EventRow> events(UUID instance) {
        List<EventRow> events = new ArrayList<>();
        List<EventRow> page;
        do {
            page = queries.history(
                    instance, events.isEmpty() ? 0 : events.getLast().sequence(), PAGE);
            events.addAll(page);
        } while (page.size() == PAGE);
        return List.copyOf(events);
    }
}
