package io.orquestrax.store.journal;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import io.orquestrax.store.instance.EventRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The journal's connection with its statement prepared. */
final class JournalSession implements AutoCloseable {
    static final String WRITE = Sql.file(JournalSession.class, "write-batch.sql");
    private static final String WRITE_WITH_CONSEQUENCES = withConsequences();
    private static final String COUNT_WRITTEN = Sql.file(JournalSession.class, "count-written-events.sql");
    private static final String SETTINGS = Sql.file(JournalSession.class, "session-settings.sql");
    private static final String BACKEND = Sql.file(JournalSession.class, "backend.sql");
    private static final String END_BACKEND = Sql.file(JournalSession.class, "end-backend.sql");
    private static final String OUTCOME_UNKNOWN = "08007";

    private final Connection connection;
    private final Backend backend;
    private final PreparedStatement write;
    private @Nullable PreparedStatement writeWithConsequences;

    /** The server's process behind a connection. */
    record Backend(int pid, String startedAt) {}

    private JournalSession(Connection connection, Backend backend, PreparedStatement write) {
        this.connection = connection;
        this.backend = backend;
        this.write = write;
    }

    /** The statement for histories and instances, with more of the same kind before its answer. */
    static String withConsequences() {
        String answer = "SELECT id FROM held";
        return WRITE.substring(0, WRITE.lastIndexOf(answer)).stripTrailing() + ",\n"
                + Sql.file(JournalSession.class, "write-consequences.sql");
    }

    /** @param predecessor of a connection that broke: made to end first, as it may still be about to commit */
    static JournalSession open(Database database, @Nullable Backend predecessor) throws SQLException {
        Connection connection = database.connect();
        try {
            if (predecessor != null) {
                end(connection, predecessor);
            }
            Backend backend = backendOf(connection);
            try (Statement settings = connection.createStatement()) {
                settings.execute(SETTINGS);
            }
            PreparedStatement write = connection.prepareStatement(WRITE);
            return new JournalSession(connection, backend, write);
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private static void closeAfter(SQLException failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void end(Connection connection, Backend predecessor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END_BACKEND)) {
            statement.setInt(1, predecessor.pid());
            statement.setString(2, predecessor.startedAt());
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next() && !rows.getBoolean(1)) {
                    throw new SQLException(
                            "the server still runs the process of the broken connection", OUTCOME_UNKNOWN);
                }
            }
        }
    }

    private static Backend backendOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(BACKEND)) {
            row.next();
            return new Backend(row.getInt(1), row.getString(2));
        }
    }

    Backend backend() {
        return backend;
    }

    /** Returns the partitions whose epoch holds; if one is missing, nothing was written. */
    Set<Integer> write(JournalBatch batch) throws SQLException {
        boolean isPlain = batch.consequences().isEmpty();
        PreparedStatement statement = isPlain ? write : writeWithConsequences();
        List<Map.Entry<Integer, Long>> epochs = List.copyOf(new TreeMap<>(batch.epochs()).entrySet());
        ArrayBinder binder = new ArrayBinder(statement, 1);
        binder.integers(epochs, Map.Entry::getKey);
        binder.longs(epochs, Map.Entry::getValue);
        int afterEvents = EventArrays.bind(statement, binder.next(), batch.events());
        int afterInstances = InstanceArrays.bind(statement, afterEvents, batch.instances());
        if (!isPlain) {
            ConsequenceArrays.bind(statement, afterInstances, batch.consequences());
        }
        Set<Integer> held = new HashSet<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                held.add(rows.getInt(1));
            }
        } finally {
            statement.clearParameters();
        }
        return held;
    }

    /** Does all that {@link #write} does, and takes it back. */
    void rehearse(JournalBatch batch) throws SQLException {
        connection.setAutoCommit(false);
        write(batch);
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private PreparedStatement writeWithConsequences() throws SQLException {
        PreparedStatement prepared = writeWithConsequences;
        if (prepared == null) {
            prepared = connection.prepareStatement(WRITE_WITH_CONSEQUENCES);
            writeWithConsequences = prepared;
        }
        return prepared;
    }

    /** Whether all the events stand in the history as they are here; false for none. */
    boolean hasWritten(List<EventRow> events) throws SQLException {
        if (events.isEmpty()) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(COUNT_WRITTEN)) {
            EventArrays.bind(statement, 1, events);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) == events.size();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
