package io.orquestrax.store.cloudevent;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import io.orquestrax.store.message.MessageRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes messages to all who listen for events that came: of a slice of the events, in order, in one transaction.
 *
 * <p>What listens is looked for after the event's own commit, as what came is looked for after the subscription's own
 * commit ({@link LookBack}): of any two, one sees the other.
 */
public final class EventDispatch {
    private static final String SETTINGS = Sql.file(EventDispatch.class, "dispatch-settings.sql");
    private static final String LOCK = Sql.file(EventDispatch.class, "dispatch-lock.sql");
    private static final String ANY_UNDELIVERED = Sql.file(EventDispatch.class, "any-undelivered.sql");
    private static final String UNDELIVERED = Sql.file(EventDispatch.class, "undelivered.sql");
    private static final String SHAPES = Sql.file(EventDispatch.class, "shapes.sql");
    private static final String CANDIDATES = Sql.file(EventDispatch.class, "candidates.sql");
    private static final String SCHEDULED = Sql.file(EventDispatch.class, "scheduled.sql");
    private static final String MARK_DELIVERED = Sql.file(EventDispatch.class, "mark-delivered.sql");
    private static final int FETCH = 5_000;

    private final Database database;
    private final EventKeys keys;
    private final Function<Candidate, MessageRow> message;
    private final ScheduleOffer schedules;

    /** Offers an event to the trigger of a definition, in the transaction of the connection. */
    @FunctionalInterface
    public interface ScheduleOffer {

        /** The messages that were written, to be handed over. */
        List<MessageRow> offer(Connection connection, String namespace, String name, KeptEvent event)
                throws SQLException;
    }

    /**
     * What one transaction did.
     *
     * @param events how many were delivered
     * @param messages to hand over
     */
    public record Round(int events, List<MessageRow> messages) {}

    public EventDispatch(
            Database database, EventKeys keys, Function<Candidate, MessageRow> message, ScheduleOffer schedules) {
        this.database = database;
        this.keys = keys;
        this.message = message;
        this.schedules = schedules;
    }

    /** Whether there is something to deliver; one statement, for whoever was told of nothing and looks all the same. */
    public boolean isAnyWaiting() {
        return database.with("look for events to deliver", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(ANY_UNDELIVERED)) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    /**
     * Delivers at most so many.
     *
     * @return empty where another node delivers now
     */
    public Optional<Round> deliver(int limit) {
        return database.inTransaction("deliver events", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
                try (ResultSet row = statement.executeQuery(LOCK)) {
                    if (!row.next() || !row.getBoolean(1)) {
                        return Optional.<Round>empty();
                    }
                }
            }
            Map<Long, KeptEvent> events = undelivered(connection, limit);
            return Optional.of(
                    events.isEmpty() ? new Round(0, List.of()) : new Round(events.size(), deliver(connection, events)));
        });
    }

    private List<MessageRow> deliver(Connection connection, Map<Long, KeptEvent> events) throws SQLException {
        List<Sought> sought = sought(connection, events);
        MessageSlices slices = new MessageSlices(connection, message);
        Map<Long, Integer> offered = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(CANDIDATES)) {
            statement.setFetchSize(FETCH);
            bind(statement, sought);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    offered.merge(row.getLong("position"), 1, Integer::sum);
                    slices.add(new Candidate(
                            row.getLong("position"),
                            row.getObject("instance_id", UUID.class),
                            row.getInt("partition")));
                }
            }
        }
        List<MessageRow> messages = new ArrayList<>(slices.end());
        messages.addAll(offerToSchedules(connection, events, sought));
        try (PreparedStatement statement = connection.prepareStatement(MARK_DELIVERED)) {
            List<Long> positions = List.copyOf(events.keySet());
            ArrayBinder binder = new ArrayBinder(statement, 1);
            binder.longs(positions, position -> position);
            binder.integers(positions, position -> offered.getOrDefault(position, 0));
            statement.executeUpdate();
        }
        return messages;
    }

    private List<MessageRow> offerToSchedules(Connection connection, Map<Long, KeptEvent> events, List<Sought> sought)
            throws SQLException {
        record Trigger(KeptEvent event, String namespace, String name) {}
        List<Trigger> triggers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SCHEDULED)) {
            bind(statement, sought);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    KeptEvent event = events.get(row.getLong("position"));
                    if (event != null) {
                        triggers.add(new Trigger(event, row.getString("namespace"), row.getString("name")));
                    }
                }
            }
        }
        List<MessageRow> messages = new ArrayList<>();
        for (Trigger trigger : triggers) {
            messages.addAll(schedules.offer(connection, trigger.namespace(), trigger.name(), trigger.event()));
        }
        return messages;
    }

    /** A key under which an event may be listened for. */
    private record Sought(long position, EventKey key) {}

    private List<Sought> sought(Connection connection, Map<Long, KeptEvent> events) throws SQLException {
        Set<String> types = new HashSet<>(Set.of(""));
        events.values().forEach(event -> types.add(event.type()));
        Map<String, Set<String>> shapes = shapes(connection, List.copyOf(types));
        List<Sought> sought = new ArrayList<>();
        for (KeptEvent event : events.values()) {
            for (EventKey key : keys.of(event, shapes)) {
                sought.add(new Sought(event.position(), key));
            }
        }
        return sought;
    }

    private static void bind(PreparedStatement statement, List<Sought> sought) throws SQLException {
        ArrayBinder binder = new ArrayBinder(statement, 1);
        binder.longs(sought, Sought::position);
        binder.texts(sought, one -> one.key().type());
        binder.texts(sought, one -> one.key().shape());
        binder.texts(sought, one -> one.key().match());
    }

    private static Map<Long, KeptEvent> undelivered(Connection connection, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNDELIVERED)) {
            statement.setInt(1, limit);
            Map<Long, KeptEvent> events = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    KeptEvent event = KeptEventRows.event(row);
                    events.put(event.position(), event);
                }
            }
            return events;
        }
    }

    private static Map<String, Set<String>> shapes(Connection connection, List<String> types) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SHAPES)) {
            new ArrayBinder(statement, 1).texts(types, type -> type);
            Map<String, Set<String>> shapes = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    shapes.computeIfAbsent(row.getString("type"), type -> new HashSet<>())
                            .add(row.getString("shape"));
                }
            }
            return shapes;
        }
    }
}
