package io.orquestrax.store.cloudevent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Reads events from answers of the database. */
final class KeptEventRows {
    private KeptEventRows() {}

    static KeptEvent event(ResultSet row) throws SQLException {
        return new KeptEvent(
                row.getLong("position"),
                row.getString("type"),
                row.getString("envelope"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("consumed"));
    }
}
