package io.orquestrax.store.node;

import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;

/** Writes a node's row, unless it does not belong to the cluster. */
final class Enrollment {
    private static final String NAME_CLUSTER = Sql.file(Enrollment.class, "name-cluster.sql");
    private static final String LOCK_CLUSTER = Sql.file(Enrollment.class, "lock-cluster.sql");
    private static final String MISUNDERSTOOD = HeldLocks.before(Sql.file(Enrollment.class, "misunderstood.sql"));
    private static final String REGISTER = Sql.file(Enrollment.class, "register.sql");

    private Enrollment() {}

    /** In the transaction of the connection. */
    static Registration enroll(Connection connection, String cluster, NodeRow row, long lockKey, Duration staleAfter)
            throws SQLException {
        String name = name(connection, cluster);
        if (!name.equals(cluster)) {
            return new Registration.OtherCluster(name);
        }
        Registration judged = misunderstood(connection, row, staleAfter);
        if (judged instanceof Registration.Accepted) {
            insert(connection, row, lockKey);
            NodeRegister.tell(connection);
        }
        return judged;
    }

    private static String name(Connection connection, String wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NAME_CLUSTER)) {
            statement.setString(1, wanted);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK_CLUSTER);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static Registration misunderstood(Connection connection, NodeRow row, Duration staleAfter)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MISUNDERSTOOD)) {
            statement.setString(1, row.id());
            statement.setInt(2, row.level());
            statement.setLong(3, staleAfter.toMillis());
            try (ResultSet other = statement.executeQuery()) {
                return other.next() ? new Registration.OtherLevel(NodeSession.row(other)) : new Registration.Accepted();
            }
        }
    }

    private static void insert(Connection connection, NodeRow row, long lockKey) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            statement.setString(1, row.id());
            statement.setLong(2, lockKey);
            statement.setString(3, row.version());
            statement.setInt(4, row.level());
            statement.setString(5, row.peerAddress());
            statement.setString(6, row.apiAddress());
            statement.setString(7, row.state());
            statement.setObject(8, row.startedAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
