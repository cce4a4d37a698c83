package io.orquestrax.store.instance;

import io.orquestrax.engine.Status;
import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import io.orquestrax.store.Sql;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What pages, lists and recovery read of instances. */
public final class InstanceQueries {
    private static final String FIND = Sql.file(InstanceQueries.class, "find.sql");
    private static final String OPEN_COUNTS = Sql.file(InstanceQueries.class, "open-counts.sql");
    private static final String HISTORY = Sql.file(InstanceQueries.class, "history.sql");
    private static final String LATEST = Sql.file(InstanceQueries.class, "latest.sql");
    private static final String HAS_EVENT = Sql.file(InstanceQueries.class, "has-event.sql");
    private static final String LATEST_OF_MANY = Sql.file(InstanceQueries.class, "latest-of-many.sql");
    private static final String LAST_SEQUENCE = Sql.file(InstanceQueries.class, "last-sequence.sql");
    private static final String RUNNING = Sql.file(InstanceQueries.class, "running.sql");
    private static final String WAKE_UPS = Sql.file(InstanceQueries.class, "wake-ups.sql");

    private final Database database;

    public InstanceQueries(Database database) {
        this.database = database;
    }

    public Optional<InstanceRow> find(UUID id) {
        return database.with("read instance " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setObject(1, id);
                return InstanceRows.instances(statement).stream().findFirst();
            }
        });
    }

    /**
     * Newest first, without input and output; pages by key, never by offset. A filter with only one of namespace and
     * name finds instances of deployed definitions.
     *
     * @throws io.orquestrax.store.InvalidPageTokenException if the token is not of a list with this filter
     */
    public Page<InstanceRow> list(InstanceFilter filter, int pageSize, @Nullable String pageToken) {
        InstanceList page = InstanceList.page(filter, pageSize + 1, pageToken);
        List<InstanceRow> found = database.with("list instances", connection -> {
            try (PreparedStatement statement = page.prepare(connection)) {
                return InstanceRows.instances(statement);
            }
        });
        return Page.of(found, pageSize, last -> InstanceList.tokenAfter(filter, last));
    }

    /** How many instances are open, by status (each open one, 0 included); never counts the closed ones. */
    public Map<Status, Long> openCounts() {
        return database.with("count the open instances", connection -> {
            Map<Status, Long> counts = new EnumMap<>(Status.class);
            for (Status status : Status.values()) {
                if (!status.isClosed()) {
                    counts.put(status, 0L);
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(OPEN_COUNTS);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    counts.put(Status.ofText(row.getString(1)), row.getLong(2));
                }
            }
            return counts;
        });
    }

    /** The events after a sequence number, at most so many, in order. */
    public List<EventRow> history(UUID id, long afterSequence, int limit) {
        return database.with("read the history of instance " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(HISTORY)) {
                statement.setObject(1, id);
                statement.setLong(2, afterSequence);
                statement.setInt(3, limit);
                return InstanceRows.events(statement);
            }
        });
    }

    /**
     * What a fold begins with.
     *
     * @param version of the snapshots that are understood
     * @param limit of the events
     */
    public LatestHistory latest(UUID id, int version, int limit) {
        return database.with("read the history of instance " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LATEST)) {
                statement.setObject(1, id);
                statement.setInt(2, version);
                statement.setObject(3, id);
                statement.setInt(4, limit);
                return LatestHistory.read(statement, version);
            }
        });
    }

    /**
     * As {@link #latest}, of many instances in one statement; without those that have no history.
     *
     * @param limit of the events of each
     */
    public Map<UUID, LatestHistory> latestOfMany(List<UUID> ids, int version, int limit) {
        return database.with("read the histories of " + ids.size() + " instances", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LATEST_OF_MANY)) {
                Array wanted = connection.createArrayOf("uuid", ids.toArray());
                statement.setArray(1, wanted);
                statement.setInt(2, version);
                statement.setArray(3, wanted);
                statement.setInt(4, limit);
                return LatestHistory.readMany(statement, version);
            }
        });
    }

    /** Sequence number of the newest event; 0 where there is none. Costs the same however long the history is. */
    public long lastSequence(UUID id) {
        return database.with("read the history of instance " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LAST_SEQUENCE)) {
                statement.setObject(1, id);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** Whether an attempt of an activation has an event of one of these types. Reads as long as the history is. */
    public boolean hasEvent(UUID id, long activation, int attempt, Set<String> types) {
        return database.with("read the history of instance " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(HAS_EVENT)) {
                statement.setObject(1, id);
                statement.setLong(2, activation);
                statement.setInt(3, attempt);
                new ArrayBinder(statement, 4).texts(List.copyOf(types), type -> type);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    /** Ids of a partition's instances that want memory at once: pending or running. */
    public List<UUID> running(int partition) {
        return database.with("read the running instances of partition " + partition, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RUNNING)) {
                statement.setInt(1, partition);
                List<UUID> ids = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getObject(1, UUID.class));
                    }
                }
                return ids;
            }
        });
    }

    /** Waiting instances of a partition whose wake-up time is before the moment given, earliest first. */
    public List<WakeUp> wakeUps(int partition, Instant before, int limit) {
        return database.with("read the wake-ups of partition " + partition, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(WAKE_UPS)) {
                statement.setInt(1, partition);
                statement.setObject(2, before.atOffset(ZoneOffset.UTC));
                statement.setInt(3, limit);
                List<WakeUp> wakeUps = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        wakeUps.add(new WakeUp(row.getObject(1, UUID.class), InstanceRows.time(row, "wake_at")));
                    }
                }
                return wakeUps;
            }
        });
    }

    /** An instance and when it wants to be woken. */
    public record WakeUp(UUID instance, Instant at) {}
}
