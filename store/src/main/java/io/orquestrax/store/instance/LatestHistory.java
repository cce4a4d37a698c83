package io.orquestrax.store.instance;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read of a history first.
 *
 * @param snapshot null where there is none
 * @param events after the snapshot, or from the first on; perhaps not all of them
 */
public record LatestHistory(@Nullable SnapshotRow snapshot, List<EventRow> events) {

    public LatestHistory {
        events = List.copyOf(events);
    }

    /** Of the newest event that it holds or that its snapshot holds; 0 where there is none. */
    public long lastSequence() {
        if (!events.isEmpty()) {
            return events.getLast().sequence();
        }
        return snapshot == null ? 0 : snapshot.sequence();
    }

    static LatestHistory read(PreparedStatement statement, int version) throws SQLException {
        Builder builder = new Builder();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                builder.add(row, version);
            }
        }
        return builder.build();
    }

    /** By instance. */
    static Map<UUID, LatestHistory> readMany(PreparedStatement statement, int version) throws SQLException {
        Map<UUID, Builder> builders = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                builders.computeIfAbsent(row.getObject("instance_id", UUID.class), id -> new Builder())
                        .add(row, version);
            }
        }
        Map<UUID, LatestHistory> histories = LinkedHashMap.newLinkedHashMap(builders.size());
        builders.forEach((id, builder) -> histories.put(id, builder.build()));
        return histories;
    }

    private static final class Builder {
        private final List<EventRow> events = new ArrayList<>();
        private @Nullable SnapshotRow snapshot;

        void add(ResultSet row, int version) throws SQLException {
            EventRow read = InstanceRows.event(row);
            if (row.getBoolean("is_snapshot")) {
                snapshot = new SnapshotRow(read.instance(), read.sequence(), version, read.data());
            } else {
                events.add(read);
            }
        }

        LatestHistory build() {
            return new LatestHistory(snapshot, events);
        }
    }
}
