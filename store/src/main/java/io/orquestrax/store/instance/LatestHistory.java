package io.orquestrax.store.instance;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    static LatestHistory read(PreparedStatement statement, int version) throws SQLException {
        SnapshotRow snapshot = null;
        List<EventRow> events = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                EventRow read = InstanceRows.event(row);
                if (row.getBoolean("is_snapshot")) {
                    snapshot = new SnapshotRow(read.instance(), read.sequence(), version, read.data());
                } else {
                    events.add(read);
                }
            }
        }
        return new LatestHistory(snapshot, events);
    }
}
