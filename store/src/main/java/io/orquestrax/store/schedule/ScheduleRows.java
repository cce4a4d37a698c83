package io.orquestrax.store.schedule;

import io.orquestrax.dsl.plan.DefinitionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of triggers, read from results and written to parameters. */
final class ScheduleRows {
    private ScheduleRows() {}

    static List<ScheduleRow> all(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<ScheduleRow> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row(row));
            }
            return rows;
        }
    }

    private static ScheduleRow row(ResultSet row) throws SQLException {
        return new ScheduleRow(
                new DefinitionId(row.getString("namespace"), row.getString("name"), row.getString("version")),
                row.getString("content_hash"),
                Trigger.ofText(row.getString("trigger")),
                row.getString("expression"),
                row.getString("zone"),
                row.getBoolean("paused"),
                time(row, "next_at"),
                row.getString("state"),
                time(row, "fired_at"),
                row.getObject("fired_instance", UUID.class),
                row.getLong("fired_count"));
    }

    /** All columns, in the order of the table. */
    static void bind(PreparedStatement statement, ScheduleRow row, Instant now) throws SQLException {
        statement.setString(1, row.definition().namespace());
        statement.setString(2, row.definition().name());
        statement.setString(3, row.definition().version());
        statement.setString(4, row.contentHash());
        statement.setString(5, row.trigger().text());
        statement.setString(6, row.expression());
        statement.setString(7, row.zone());
        statement.setBoolean(8, row.paused());
        statement.setObject(9, parameter(row.nextAt()));
        statement.setString(10, row.state());
        statement.setObject(11, parameter(row.firedAt()));
        statement.setObject(12, row.firedInstance());
        statement.setLong(13, row.firedCount());
        statement.setObject(14, parameter(now));
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime parameter(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
