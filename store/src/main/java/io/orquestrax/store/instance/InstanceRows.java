package io.orquestrax.store.instance;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of instances and events from answers of the database. */
final class InstanceRows {
    private InstanceRows() {}

    static List<InstanceRow> instances(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<InstanceRow> instances = new ArrayList<>();
            while (row.next()) {
                instances.add(instance(row));
            }
            return instances;
        }
    }

    private static InstanceRow instance(ResultSet row) throws SQLException {
        return new InstanceRow(
                row.getObject("id", UUID.class),
                row.getInt("partition"),
                new DefinitionId(row.getString("namespace"), row.getString("name"), row.getString("version")),
                row.getString("content_hash"),
                row.getString("key"),
                Status.ofText(row.getString("status")),
                time(row, "started_at"),
                time(row, "updated_at"),
                timeOrNull(row, "closed_at"),
                timeOrNull(row, "wake_at"),
                row.getString("input"),
                row.getString("output"),
                row.getString("error"),
                tags(row.getString("tags")),
                origin(row));
    }

    private static @Nullable Origin origin(ResultSet row) throws SQLException {
        UUID parent = row.getObject("parent_id", UUID.class);
        if (parent != null) {
            return new Origin.Parent(parent, row.getLong("parent_activation"), true);
        }
        String trigger = row.getString("trigger");
        return trigger == null ? null : new Origin.Schedule(trigger);
    }

    static List<EventRow> events(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<EventRow> events = new ArrayList<>();
            while (row.next()) {
                events.add(event(row));
            }
            return events;
        }
    }

    static EventRow event(ResultSet row) throws SQLException {
        return new EventRow(
                row.getObject("instance_id", UUID.class),
                row.getLong("sequence"),
                time(row, "time"),
                row.getString("type"),
                row.getString("task"),
                row.getLong("activation"),
                row.getInt("attempt"),
                row.getString("data"));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Map<String, String> tags(String json) {
        Map<String, String> tags = new HashMap<>();
        Json.readTrusted(json)
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().textValue()));
        return tags;
    }
}
