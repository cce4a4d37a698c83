package io.orquestrax.store.schedule;

import io.orquestrax.store.Sql;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.message.Messages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The triggers on events, changed in the transaction that delivers an event. */
public final class EventTriggerRows {
    private static final String LOCK_ON = Sql.file(EventTriggerRows.class, "lock-on.sql");
    private static final String REMEMBER = Sql.file(EventTriggerRows.class, "remember.sql");
    private static final String FIRE_ON = Sql.file(EventTriggerRows.class, "fire-on.sql");

    private EventTriggerRows() {}

    /** Nobody else changes it until the transaction ends; empty where there is none. */
    public static Optional<ScheduleRow> lock(Connection connection, String namespace, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_ON)) {
            statement.setString(1, namespace);
            statement.setString(2, name);
            return ScheduleRows.all(statement).stream().findFirst();
        }
    }

    /**
     * @param state JSON text, what the trigger has consumed so far
     */
    public static void remember(Connection connection, ScheduleRow trigger, @Nullable String state, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
            statement.setString(1, state);
            statement.setObject(2, ScheduleRows.parameter(now));
            statement.setString(3, trigger.definition().namespace());
            statement.setString(4, trigger.definition().name());
            statement.executeUpdate();
        }
    }

    /**
     * Writes the start of an instance.
     *
     * @param state as of {@link #remember}, what is left for the next one
     */
    public static void fire(
            Connection connection, ScheduleRow trigger, @Nullable String state, MessageRow start, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRE_ON)) {
            statement.setString(1, state);
            statement.setObject(2, ScheduleRows.parameter(now));
            statement.setObject(3, ScheduleRows.parameter(now));
            statement.setObject(4, start.instance());
            statement.setString(5, trigger.definition().namespace());
            statement.setString(6, trigger.definition().name());
            statement.executeUpdate();
        }
        Messages.insert(connection, List.of(start));
    }
}
