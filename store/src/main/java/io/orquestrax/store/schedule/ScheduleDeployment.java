package io.orquestrax.store.schedule;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts the schedule of a version into force, in the transaction that deploys it. */
public final class ScheduleDeployment {
    private static final String IS_HIGHEST = Sql.file(ScheduleDeployment.class, "is-highest.sql");
    private static final String REMOVE_OTHERS = Sql.file(ScheduleDeployment.class, "remove-others.sql");
    private static final String UNSUBSCRIBE = Sql.file(ScheduleDeployment.class, "unsubscribe.sql");
    private static final String SUBSCRIBE = Sql.file(ScheduleDeployment.class, "subscribe.sql");
    private static final String SUBSCRIBE_SHAPE = Sql.file(ScheduleDeployment.class, "subscribe-shape.sql");

    private final DefinitionId definition;
    private final UnaryOperator<List<ScheduleRow>> triggers;
    private final List<SubscriptionKey> events;
    private final Instant now;

    /**
     * @param triggers from those in force, which may be none, to those of this version, which may be none
     * @param events to be offered to the trigger on events; empty where there is none
     */
    public ScheduleDeployment(
            DefinitionId definition,
            UnaryOperator<List<ScheduleRow>> triggers,
            List<SubscriptionKey> events,
            Instant now) {
        this.definition = definition;
        this.triggers = triggers;
        this.events = List.copyOf(events);
        this.now = now;
    }

    /** Of no effect where a higher version is deployed already. Nobody else may deploy the same definition meanwhile. */
    public void write(Connection connection) throws SQLException {
        if (!isHighest(connection)) {
            return;
        }
        List<ScheduleRow> present = Schedules.locked(connection, definition.namespace(), definition.name());
        List<ScheduleRow> wanted = triggers.apply(present);
        if (present.isEmpty() && wanted.isEmpty()) {
            return;
        }
        removeOthers(connection, wanted);
        Schedules.put(connection, wanted, now);
        subscribe(connection);
    }

    private boolean isHighest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_HIGHEST)) {
            statement.setString(1, definition.version());
            statement.setString(2, definition.namespace());
            statement.setString(3, definition.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void removeOthers(Connection connection, List<ScheduleRow> wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE_OTHERS)) {
            bindName(statement);
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            wanted.stream().map(row -> row.trigger().text()).toArray()));
            statement.executeUpdate();
        }
    }

    private void subscribe(Connection connection) throws SQLException {
        try (PreparedStatement unsubscribe = connection.prepareStatement(UNSUBSCRIBE);
                PreparedStatement subscribe = connection.prepareStatement(SUBSCRIBE);
                PreparedStatement subscribeShape = connection.prepareStatement(SUBSCRIBE_SHAPE)) {
            bindName(unsubscribe);
            unsubscribe.executeUpdate();
            for (int ordinal = 0; ordinal < events.size(); ordinal++) {
                SubscriptionKey key = events.get(ordinal);
                Optional<SubscriptionKey.Correlation> correlation = Optional.ofNullable(key.correlation());
                String type = Optional.ofNullable(key.type()).orElse("");
                String shape =
                        correlation.map(SubscriptionKey.Correlation::shape).orElse("");
                bindName(subscribe);
                subscribe.setInt(3, ordinal);
                subscribe.setString(4, type);
                subscribe.setString(5, shape);
                subscribe.setString(
                        6, correlation.map(SubscriptionKey.Correlation::match).orElse(""));
                subscribe.addBatch();
                if (!shape.isEmpty()) {
                    subscribeShape.setString(1, type);
                    subscribeShape.setString(2, shape);
                    subscribeShape.addBatch();
                }
            }
            subscribe.executeBatch();
            subscribeShape.executeBatch();
        }
    }

    private void bindName(PreparedStatement statement) throws SQLException {
        statement.setString(1, definition.namespace());
        statement.setString(2, definition.name());
    }
}
