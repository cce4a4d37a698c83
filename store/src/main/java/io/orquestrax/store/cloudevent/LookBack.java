package io.orquestrax.store.cloudevent;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import io.orquestrax.store.message.MessageRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Offers events that came before to those who listen now: all since the instance started, and of those before the ones
 * that nobody has consumed. Called after the subscriptions' own commit.
 */
public final class LookBack {
    private static final String SETTINGS = Sql.file(LookBack.class, "dispatch-settings.sql");
    private static final String ANY_OPEN = Sql.file(LookBack.class, "any-to-look-back.sql");
    private static final String OPEN = Sql.file(LookBack.class, "to-look-back.sql");
    private static final String KEPT = Sql.file(LookBack.class, "kept.sql");
    private static final String KEPT_OF_TYPES = Sql.file(LookBack.class, "kept-of-types.sql");
    private static final String MARK = Sql.file(LookBack.class, "mark-looked-back.sql");
    private static final int FETCH = 1_000;

    private final Database database;
    private final EventKeys keys;
    private final Function<Candidate, MessageRow> message;

    /**
     * What one transaction did.
     *
     * @param subscriptions how many there were to look back for
     * @param messages to hand over
     */
    public record Round(int subscriptions, List<MessageRow> messages) {}

    public LookBack(Database database, EventKeys keys, Function<Candidate, MessageRow> message) {
        this.database = database;
        this.keys = keys;
        this.message = message;
    }

    /** Whether any subscription of the partitions is to look back; one statement. */
    public boolean isAnyWaiting(List<Integer> partitions) {
        return database.with("look for subscriptions that look back", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ANY_OPEN)) {
                new ArrayBinder(statement, 1).integers(partitions, partition -> partition);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    /**
     * For at most so many subscriptions of the partitions.
     *
     * @param since how far back events are kept
     */
    public Round run(List<Integer> partitions, Instant since, int limit) {
        return database.inTransaction("look back for events", connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
            List<SubscriptionRow> open = open(connection, partitions, limit);
            if (open.isEmpty()) {
                return new Round(0, List.of());
            }
            List<MessageRow> messages = offer(connection, open, since);
            mark(connection, open);
            return new Round(open.size(), messages);
        });
    }

    private List<MessageRow> offer(Connection connection, List<SubscriptionRow> open, Instant since)
            throws SQLException {
        Map<EventKey, List<SubscriptionRow>> byKey = new HashMap<>();
        Map<String, Set<String>> shapes = new HashMap<>();
        Set<String> types = new HashSet<>();
        for (SubscriptionRow row : open) {
            types.add(row.type());
            byKey.computeIfAbsent(new EventKey(row.type(), row.shape(), row.match()), key -> new ArrayList<>())
                    .add(row);
            if (!row.shape().isEmpty()) {
                shapes.computeIfAbsent(row.type(), type -> new HashSet<>()).add(row.shape());
            }
        }
        MessageSlices slices = new MessageSlices(connection, message);
        try (PreparedStatement statement = kept(connection, types, since);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                KeptEvent event = KeptEventRows.event(row);
                Map<UUID, Integer> instances = new HashMap<>();
                for (EventKey key : keys.of(event, shapes)) {
                    for (SubscriptionRow subscription : byKey.getOrDefault(key, List.of())) {
                        if (!event.isConsumed() || !event.receivedAt().isBefore(subscription.startedAt())) {
                            instances.put(subscription.listener().instance(), subscription.partition());
                        }
                    }
                }
                for (Map.Entry<UUID, Integer> instance : instances.entrySet()) {
                    slices.add(new Candidate(event.position(), instance.getKey(), instance.getValue()));
                }
            }
        }
        return slices.end();
    }

    private static PreparedStatement kept(Connection connection, Set<String> types, Instant since) throws SQLException {
        boolean isAny = types.contains("");
        PreparedStatement statement = connection.prepareStatement(isAny ? KEPT : KEPT_OF_TYPES);
        statement.setFetchSize(FETCH);
        if (!isAny) {
            new ArrayBinder(statement, 1).texts(List.copyOf(types), type -> type);
        }
        statement.setObject(isAny ? 1 : 2, since.atOffset(ZoneOffset.UTC));
        return statement;
    }

    private static List<SubscriptionRow> open(Connection connection, List<Integer> partitions, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            new ArrayBinder(statement, 1).integers(partitions, partition -> partition);
            statement.setInt(2, limit);
            List<SubscriptionRow> open = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    open.add(new SubscriptionRow(
                            new Listener(row.getObject("instance_id", UUID.class), row.getLong("activation")),
                            row.getInt("ordinal"),
                            row.getInt("partition"),
                            row.getString("type"),
                            row.getString("shape"),
                            row.getString("match"),
                            row.getObject("instance_started_at", OffsetDateTime.class)
                                    .toInstant()));
                }
            }
            return open;
        }
    }

    private static void mark(Connection connection, List<SubscriptionRow> done) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            ArrayBinder binder = new ArrayBinder(statement, 1);
            binder.texts(done, row -> row.listener().instance().toString());
            binder.longs(done, row -> row.listener().activation());
            binder.integers(done, SubscriptionRow::ordinal);
            binder.texts(done, SubscriptionRow::type);
            binder.texts(done, SubscriptionRow::shape);
            binder.texts(done, SubscriptionRow::match);
            statement.executeUpdate();
        }
    }
}
