package io.orquestrax.store.cloudevent;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Micros;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events that are kept. */
public final class CloudEvents {
    private static final String STORE = Sql.file(CloudEvents.class, "store.sql");
    private static final String FIND = Sql.file(CloudEvents.class, "find.sql");
    private static final String CONSUME = Sql.file(CloudEvents.class, "consume.sql");
    private static final String TAKE = Sql.file(CloudEvents.class, "take.sql");
    private static final String REMOVE_OLD = Sql.file(CloudEvents.class, "remove-old.sql");

    private final Database database;

    private record Name(String source, String id) {}

    public CloudEvents(Database database) {
        this.database = database;
    }

    /** Stores those that are not there yet; for each, in order, whether it was new. */
    public List<Boolean> store(List<CloudEventRow> events) {
        Set<Name> added = database.with("store events", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(STORE)) {
                bind(statement, events);
                Set<Name> names = new HashSet<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        names.add(new Name(row.getString("source"), row.getString("id")));
                    }
                }
                return names;
            }
        });
        List<Boolean> isNew = new ArrayList<>(events.size());
        for (CloudEventRow event : events) {
            isNew.add(added.remove(new Name(event.source(), event.id())));
        }
        return isNew;
    }

    public Optional<KeptEvent> find(long position) {
        return database.with("read event " + position, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setLong(1, position);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(KeptEventRows.event(row)) : Optional.<KeptEvent>empty();
                }
            }
        });
    }

    /** Removes at most so many that came before the moment and were delivered; how many they were. */
    public int removeOld(Instant before, int limit) {
        return database.with("remove old events", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REMOVE_OLD)) {
                statement.setObject(1, before.atOffset(ZoneOffset.UTC));
                statement.setInt(2, limit);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    /** In the transaction of the connection: instances that start later do not see it. */
    public static void consume(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CONSUME)) {
            statement.setLong(1, position);
            statement.executeUpdate();
        }
    }

    /** In the transaction of the connection: what came of these events is an instance. */
    public static void take(Connection connection, List<Long> positions, UUID instance) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, instance);
            new ArrayBinder(statement, 2).longs(positions, position -> position);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<CloudEventRow> events) throws SQLException {
        ArrayBinder binder = new ArrayBinder(statement, 1);
        binder.texts(events, CloudEventRow::source);
        binder.texts(events, CloudEventRow::id);
        binder.texts(events, CloudEventRow::type);
        binder.texts(events, CloudEventRow::subject);
        binder.texts(events, CloudEventRow::envelope);
        binder.texts(events, event -> text(event.origin()));
        binder.longs(events, event -> Micros.of(event.receivedAt()));
    }

    private static @Nullable String text(@Nullable UUID origin) {
        return origin == null ? null : origin.toString();
    }
}
