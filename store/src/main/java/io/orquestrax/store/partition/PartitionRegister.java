package io.orquestrax.store.partition;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import io.orquestrax.store.node.HeldLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which node owns which partition, and in which epoch. */
public final class PartitionRegister {
    private static final String INITIALIZE = Sql.file(PartitionRegister.class, "initialize.sql");
    private static final String CLAIM = HeldLocks.before(Sql.file(PartitionRegister.class, "claim.sql"));
    private static final String RELEASE = Sql.file(PartitionRegister.class, "release.sql");

    private final Database database;

    public PartitionRegister(Database database) {
        this.database = database;
    }

    /**
     * Makes the partitions' rows, numbered from 0, if the database has none.
     *
     * @return how many there are, which is not the count given where another node was first
     */
    public int initialize(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Expected at least 1 partition, but got " + count);
        }
        return database.with("make " + count + " partitions", connection -> {
            connection.setAutoCommit(false);
            try {
                int present = initialize(connection, count);
                connection.commit();
                return present;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    private static int initialize(Connection connection, int count) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(INITIALIZE)) {
            statement.execute("LOCK TABLE orquestrax.partition IN SHARE ROW EXCLUSIVE MODE");
            insert.setInt(1, count);
            insert.executeUpdate();
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM orquestrax.partition")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /**
     * Makes the node the owner of those partitions that still have the epochs given, and whose owner has released them,
     * is the node itself, or is dead: has no row, no lock, or a heartbeat that is stale. When it returns, every batch of
     * an earlier owner of these has either been written or will be refused.
     *
     * @param known epoch by partition, as the node read them
     * @param staleAfter silence after which an owner counts as dead
     * @return new epoch by partition
     */
    public Map<Integer, Long> claim(String node, Map<Integer, Long> known, Duration staleAfter) {
        return database.with("claim the partitions " + known.keySet(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                int next = bind(statement, known);
                statement.setString(next, node);
                statement.setString(next + 1, node);
                statement.setLong(next + 2, staleAfter.toMillis());
                Map<Integer, Long> epochs = new TreeMap<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        epochs.put(rows.getInt(1), rows.getLong(2));
                    }
                }
                return epochs;
            }
        });
    }

    /**
     * Gives up those of the partitions that the node still owns in these epochs; it must have stopped writing them.
     *
     * @param held epoch by partition
     */
    public void release(String node, Map<Integer, Long> held) {
        database.with("release the partitions " + held.keySet(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                statement.setString(bind(statement, held), node);
                return statement.execute();
            }
        });
    }

    private static int bind(PreparedStatement statement, Map<Integer, Long> epochs) throws SQLException {
        List<Map.Entry<Integer, Long>> entries = List.copyOf(epochs.entrySet());
        ArrayBinder binder = new ArrayBinder(statement, 1);
        binder.integers(entries, Map.Entry::getKey);
        binder.longs(entries, Map.Entry::getValue);
        return binder.next();
    }
}
