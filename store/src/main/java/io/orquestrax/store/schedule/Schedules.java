package io.orquestrax.store.schedule;

import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import io.orquestrax.store.PageToken;
import io.orquestrax.store.Sql;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.message.Messages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The triggers of all definitions: read, paused, fired. */
public final class Schedules {
    private static final String FIND = Sql.file(Schedules.class, "find.sql");
    private static final String LOCK = Sql.file(Schedules.class, "lock.sql");
    private static final String LIST = Sql.file(Schedules.class, "list.sql");
    private static final String NEXT_DUE = Sql.file(Schedules.class, "next-due.sql");
    private static final String LOCK_DUE = Sql.file(Schedules.class, "lock-due.sql");
    private static final String FIRE = Sql.file(Schedules.class, "fire.sql");
    private static final String GIVE_UP = Sql.file(Schedules.class, "give-up.sql");
    private static final String PUT = Sql.file(Schedules.class, "put.sql");
    private static final int POSITION_PARTS = 3;

    private final Database database;

    public Schedules(Database database) {
        this.database = database;
    }

    /** A trigger and what it did. */
    public record Fired(ScheduleRow trigger, Firing firing) {}

    /** The triggers of one definition; empty where it has no schedule. */
    public List<ScheduleRow> find(String namespace, String name) {
        return database.with(
                "read the schedule of " + namespace + "/" + name,
                connection -> named(connection, FIND, namespace, name));
    }

    /**
     * By namespace, name and trigger.
     *
     * @throws io.orquestrax.store.InvalidPageTokenException if the token is not of this list with this filter
     */
    public Page<ScheduleRow> list(
            @Nullable String namespace, @Nullable String name, int pageSize, @Nullable String pageToken) {
        String list = "schedules/" + namespace + "/" + name;
        List<String> position = pageToken == null ? List.of() : PageToken.read(list, pageToken);
        List<ScheduleRow> found = database.with("list schedules", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LIST)) {
                statement.setString(1, namespace);
                statement.setString(2, name);
                for (int part = 0; part < POSITION_PARTS; part++) {
                    statement.setString(3 + part, part < position.size() ? position.get(part) : null);
                }
                statement.setInt(6, pageSize + 1);
                return ScheduleRows.all(statement);
            }
        });
        return Page.of(
                found,
                pageSize,
                last -> PageToken.of(
                        list,
                        List.of(
                                last.definition().namespace(),
                                last.definition().name(),
                                last.trigger().text())));
    }

    /**
     * Changes each trigger of a definition while nobody else can.
     *
     * @return the triggers as they are now; empty where there are none
     */
    public List<ScheduleRow> change(String namespace, String name, Instant now, UnaryOperator<ScheduleRow> change) {
        return database.inTransaction("change the schedule of " + namespace + "/" + name, connection -> {
            List<ScheduleRow> changed =
                    locked(connection, namespace, name).stream().map(change).toList();
            put(connection, changed, now);
            return changed;
        });
    }

    /** When the first trigger that is not paused is due. */
    public Optional<Instant> nextDue() {
        return database.with("read when a schedule is due", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NEXT_DUE);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(ScheduleRows.time(row, "min"));
            }
        });
    }

    /**
     * Fires triggers that are due, the longest due first, and leaves out those that another node fires at this moment.
     * Each start is durable, together with the new time of its trigger, when this returns.
     *
     * @param limit how many at most
     * @param firing what a trigger that is due does
     */
    public List<Fired> fireDue(Instant now, int limit, Function<ScheduleRow, Firing> firing) {
        return database.inTransaction("fire the schedules that are due", connection -> {
            List<Fired> fired = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(LOCK_DUE)) {
                statement.setObject(1, ScheduleRows.parameter(now));
                statement.setInt(2, limit);
                for (ScheduleRow row : ScheduleRows.all(statement)) {
                    fired.add(new Fired(row, firing.apply(row)));
                }
            }
            advance(connection, fired, now);
            Messages.insert(connection, starts(fired));
            giveUp(connection, fired, now);
            return fired;
        });
    }

    /** The messages among them. */
    public static List<MessageRow> starts(List<Fired> fired) {
        return fired.stream()
                .map(each -> each.firing().start())
                .filter(Objects::nonNull)
                .toList();
    }

    private static void advance(Connection connection, List<Fired> fired, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRE)) {
            for (Fired each : fired) {
                MessageRow start = each.firing().start();
                if (start != null) {
                    statement.setObject(1, ScheduleRows.parameter(each.firing().nextAt()));
                    statement.setObject(2, ScheduleRows.parameter(now));
                    statement.setObject(3, start.instance());
                    statement.setObject(4, ScheduleRows.parameter(now));
                    bindName(statement, 5, each.trigger());
                    statement.setObject(8, ScheduleRows.parameter(each.trigger().nextAt()));
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private static void giveUp(Connection connection, List<Fired> fired, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
            for (Fired each : fired) {
                if (each.firing().start() == null) {
                    statement.setObject(1, ScheduleRows.parameter(now));
                    bindName(statement, 2, each.trigger());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    static List<ScheduleRow> locked(Connection connection, String namespace, String name) throws SQLException {
        return named(connection, LOCK, namespace, name);
    }

    static void put(Connection connection, List<ScheduleRow> rows, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            for (ScheduleRow row : rows) {
                ScheduleRows.bind(statement, row, now);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static List<ScheduleRow> named(Connection connection, String sql, String namespace, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, namespace);
            statement.setString(2, name);
            return ScheduleRows.all(statement);
        }
    }

    private static void bindName(PreparedStatement statement, int first, ScheduleRow row) throws SQLException {
        statement.setString(first, row.definition().namespace());
        statement.setString(first + 1, row.definition().name());
        statement.setString(first + 2, row.trigger().text());
    }
}
