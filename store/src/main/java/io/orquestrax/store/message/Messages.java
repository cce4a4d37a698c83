package io.orquestrax.store.message;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that wait: those of decisions come and go with the journal, others are put here. */
public final class Messages {
    /** Smaller than every UUIDv7. */
    public static final UUID BEGINNING = new UUID(0, 0);

    private static final String INSERT = Sql.file(Messages.class, "insert.sql");
    private static final String PAGE = Sql.file(Messages.class, "page.sql");
    private static final String WAITING = Sql.file(Messages.class, "waiting.sql");
    private static final String HAS_START = Sql.file(Messages.class, "has-start.sql");

    private final Database database;

    public Messages(Database database) {
        this.database = database;
    }

    /** In the transaction of the connection. */
    public static void insert(Connection connection, List<MessageRow> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            bind(statement, 1, messages);
            statement.executeUpdate();
        }
    }

    /** Binds six arrays, the first at the index given; returns the index after the last. */
    public static int bind(PreparedStatement statement, int index, List<MessageRow> messages) throws SQLException {
        ArrayBinder binder = new ArrayBinder(statement, index);
        binder.texts(messages, message -> message.id().toString());
        binder.integers(messages, MessageRow::partition);
        binder.texts(messages, message -> message.instance().toString());
        binder.texts(messages, message -> message.kind().text());
        binder.longs(messages, MessageRow::position);
        binder.texts(messages, MessageRow::data);
        return binder.next();
    }

    /** Those of a partition after an id, in order, at most so many. */
    public List<MessageRow> page(int partition, UUID after, int limit) {
        return database.with("read the messages of partition " + partition, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setInt(1, partition);
                statement.setObject(2, after);
                statement.setInt(3, limit);
                return messages(statement);
            }
        });
    }

    /** Which of the partitions have a message with a smaller id. */
    public Set<Integer> waiting(List<Integer> partitions, UUID before) {
        return database.with("look for messages that wait", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
                new ArrayBinder(statement, 1).integers(partitions, partition -> partition);
                statement.setObject(2, before);
                Set<Integer> waiting = new HashSet<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        waiting.add(row.getInt(1));
                    }
                }
                return waiting;
            }
        });
    }

    /** Whether a start of the instance waits. */
    public boolean hasStart(int partition, UUID instance) {
        return database.with("look for the start of instance " + instance, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(HAS_START)) {
                statement.setInt(1, partition);
                statement.setObject(2, instance);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    private static List<MessageRow> messages(PreparedStatement statement) throws SQLException {
        List<MessageRow> messages = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                messages.add(new MessageRow(
                        row.getObject("id", UUID.class),
                        row.getInt("partition"),
                        row.getObject("instance_id", UUID.class),
                        MessageKind.ofText(row.getString("kind")),
                        position(row),
                        row.getString("data")));
            }
        }
        return messages;
    }

    private static @Nullable Long position(ResultSet row) throws SQLException {
        long position = row.getLong("position");
        return row.wasNull() ? null : position;
    }
}
