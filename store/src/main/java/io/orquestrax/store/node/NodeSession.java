package io.orquestrax.store.node;

import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import io.orquestrax.store.StoreException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.PGConnection;

/**
 * The connection on which a node lives: it holds the node's lock as long as the process is there, carries its heartbeats,
 * and hears at once when others change something. For one thread.
 */
public final class NodeSession implements AutoCloseable {
    private static final String SETTINGS = Sql.file(NodeSession.class, "session-settings.sql");
    private static final String LOCK = Sql.file(NodeSession.class, "lock.sql");
    private static final String REMOVE_DEAD = HeldLocks.before(Sql.file(NodeSession.class, "remove-dead.sql"));
    private static final String BEAT = HeldLocks.before(Sql.file(NodeSession.class, "beat.sql"));

    private final Connection connection;
    private final long lockKey;
    private final PreparedStatement beat;

    private NodeSession(Connection connection, long lockKey, PreparedStatement beat) {
        this.connection = connection;
        this.lockKey = lockKey;
        this.beat = beat;
    }

    /**
     * Takes a new lock.
     *
     * @param patience after which an answer that does not come counts as a broken connection
     * @throws StoreException if the database cannot be reached
     */
    public static NodeSession open(Database database, Duration patience) {
        try {
            Connection connection = database.connect(patience);
            try (Statement settings = connection.createStatement()) {
                settings.execute(SETTINGS);
                return new NodeSession(connection, lock(connection), connection.prepareStatement(BEAT));
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException away) {
            throw failed("open the node's connection", away);
        }
    }

    /** A new key each time, since the server may not know yet that an earlier connection is gone. */
    private static long lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            while (true) {
                long key = ThreadLocalRandom.current().nextLong();
                statement.setLong(1, key);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return key;
                    }
                }
            }
        }
    }

    /**
     * Writes the node's row, with the lock of this session, unless it does not belong here.
     *
     * @param cluster its name, which the first node of all gives to the database
     * @param staleAfter silence after which another node counts as gone
     * @throws StoreException if the database cannot do it
     */
    public Registration register(String cluster, NodeRow row, Duration staleAfter) {
        try {
            connection.setAutoCommit(false);
            Registration registration = Enrollment.enroll(connection, cluster, row, lockKey, staleAfter);
            connection.commit();
            connection.setAutoCommit(true);
            return registration;
        } catch (SQLException failed) {
            throw failed("register the node", failed);
        }
    }

    /** Forgets nodes that died long ago and own nothing. */
    public void removeDead(Duration silentFor) {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE_DEAD)) {
            statement.setLong(1, silentFor.toMillis());
            statement.executeUpdate();
        } catch (SQLException broken) {
            throw failed("remove dead nodes", broken);
        }
    }

    /**
     * A heartbeat.
     *
     * @param load JSON
     * @throws StoreException if the connection is broken; the lock is gone then
     */
    public ClusterReading beat(String node, String load) {
        try {
            beat.setString(1, load);
            beat.setString(2, node);
            try (ResultSet rows = beat.executeQuery()) {
                return reading(rows);
            }
        } catch (SQLException broken) {
            throw failed("write a heartbeat", broken);
        }
    }

    /**
     * Waits until another session tells of a change.
     *
     * @return false where the time is over before
     * @throws StoreException if the connection is broken
     */
    public boolean awaitNews(Duration limit) {
        try {
            int millis = Math.toIntExact(Math.max(1, limit.toMillis()));
            Object[] news = connection.unwrap(PGConnection.class).getNotifications(millis);
            return news != null && news.length > 0;
        } catch (SQLException broken) {
            throw failed("hear of changes", broken);
        }
    }

    /** Drops the lock. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            throw failed("close the node's connection", broken);
        }
    }

    private static ClusterReading reading(ResultSet rows) throws SQLException {
        boolean isRegistered = false;
        Duration uptime = Duration.ZERO;
        List<NodeReading> nodes = new ArrayList<>();
        List<ClusterReading.Owned> partitions = new ArrayList<>();
        while (rows.next()) {
            isRegistered = rows.getBoolean("is_registered");
            uptime = Duration.ofMillis(rows.getLong("uptime_millis"));
            if (rows.getString("id") != null) {
                nodes.add(new NodeReading(
                        row(rows),
                        Duration.ofMillis(Math.max(0, rows.getLong("silence_millis"))),
                        rows.getBoolean("is_locked"),
                        rows.getString("load")));
            }
            addOwned(rows, partitions);
        }
        return new ClusterReading(isRegistered, uptime, nodes, partitions);
    }

    static NodeRow row(ResultSet row) throws SQLException {
        return new NodeRow(
                row.getString("id"),
                row.getString("version"),
                row.getInt("level"),
                row.getString("peer_address"),
                row.getString("api_address"),
                row.getString("state"),
                row.getObject("started_at", OffsetDateTime.class).toInstant());
    }

    private static void addOwned(ResultSet row, List<ClusterReading.Owned> partitions) throws SQLException {
        Array ids = row.getArray("ids");
        if (ids == null) {
            return;
        }
        Integer[] numbers = (Integer[]) ids.getArray();
        Long[] epochs = (Long[]) row.getArray("epochs").getArray();
        for (int index = 0; index < numbers.length; index++) {
            partitions.add(new ClusterReading.Owned(numbers[index], row.getString("owner"), epochs[index]));
        }
    }

    private static StoreException failed(String purpose, SQLException cause) {
        return new StoreException("Expected to " + purpose + ", but " + cause.getMessage(), cause);
    }
}
