package io.orquestrax.store.cloudevent;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import io.orquestrax.store.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What pages and lists read of the events that are kept. */
public final class EventQueries {
    private static final String READ = Sql.file(EventQueries.class, "read.sql");
    private static final String READ_BY_NAME = Sql.file(EventQueries.class, "read-by-name.sql");
    private static final String READ_SOME = Sql.file(EventQueries.class, "read-some.sql");
    private static final String TAKERS = Sql.file(EventQueries.class, "takers.sql");

    private final Database database;

    public EventQueries(Database database) {
        this.database = database;
    }

    /**
     * Newest first, without envelopes; pages by position, never by offset.
     *
     * @throws io.orquestrax.store.InvalidPageTokenException if the token is not of a list with this filter
     */
    public Page<StoredEvent> list(EventFilter filter, int pageSize, @Nullable String pageToken) {
        EventList page = EventList.page(filter, pageSize + 1, pageToken);
        List<StoredEvent> found = database.with("list events", connection -> {
            try (PreparedStatement statement = page.prepare(connection)) {
                return events(statement);
            }
        });
        return Page.of(found, pageSize, last -> EventList.tokenAfter(filter, last));
    }

    /** With its envelope. */
    public Optional<StoredEvent> find(long position) {
        return database.with("read event " + position, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setLong(1, position);
                return events(statement).stream().findFirst();
            }
        });
    }

    /** With its envelope; source and id name one event. */
    public Optional<StoredEvent> find(String source, String id) {
        return database.with("read event " + id + " of " + source, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ_BY_NAME)) {
                statement.setString(1, source);
                statement.setString(2, id);
                return events(statement).stream().findFirst();
            }
        });
    }

    /** Those of them that are still there, newest first, without envelopes. */
    public List<StoredEvent> all(List<Long> positions) {
        return database.with("read some events", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ_SOME)) {
                new ArrayBinder(statement, 1).longs(positions, position -> position);
                return events(statement);
            }
        });
    }

    /** The first instances that took an event, or were started by it. */
    public List<UUID> takers(long position, int limit) {
        return database.with("read who took event " + position, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKERS)) {
                statement.setLong(1, position);
                statement.setInt(2, limit);
                List<UUID> takers = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        takers.add(row.getObject(1, UUID.class));
                    }
                }
                return takers;
            }
        });
    }

    private static List<StoredEvent> events(PreparedStatement statement) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                events.add(event(row));
            }
        }
        return events;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong("position"),
                row.getString("source"),
                row.getString("id"),
                row.getString("type"),
                row.getString("subject"),
                row.getObject("origin", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("delivered"),
                row.getInt("offered"),
                row.getBoolean("consumed"),
                row.getInt("taken"),
                row.getString("envelope"));
    }
}
