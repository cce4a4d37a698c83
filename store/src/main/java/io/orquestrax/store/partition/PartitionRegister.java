package io.orquestrax.store.partition;

import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which node owns which partition, and in which epoch. */
public final class PartitionRegister {
    private static final String INITIALIZE = Sql.file(PartitionRegister.class, "initialize.sql");
    private static final String CLAIM_ALL = Sql.file(PartitionRegister.class, "claim-all.sql");
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
     * Raises the epoch of every partition and makes the node their owner. When it returns, every batch of an earlier
     * owner has either been written or will be refused.
     *
     * @return epoch by partition
     */
    public Map<Integer, Long> claimAll(String node) {
        return database.with("claim the partitions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM_ALL)) {
                statement.setString(1, node);
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

    /** Gives up those of the partitions that the node still owns; it must have stopped writing them. */
    public void release(String node, Set<Integer> partitions) {
        database.with("release the partitions " + partitions, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                statement.setString(1, node);
                statement.setArray(2, connection.createArrayOf("int4", partitions.toArray()));
                return statement.executeUpdate();
            }
        });
    }
}
