package io.orquestrax.store.node;

import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What nodes mean to do, as their rows say. Every change is told to all {@link NodeSession}s at once. */
public final class NodeRegister {
    private static final String SERVE = Sql.file(NodeRegister.class, "serve.sql");
    private static final String CHANGE_STATE = Sql.file(NodeRegister.class, "change-state.sql");
    private static final String REMOVE = Sql.file(NodeRegister.class, "remove.sql");
    private static final String TELL = Sql.file(NodeRegister.class, "tell.sql");

    private final Database database;

    public NodeRegister(Database database) {
        this.database = database;
    }

    /** It takes partitions from now on, and can be reached. */
    public void serve(String node, String peerAddress, String apiAddress) {
        change("let the node serve", SERVE, peerAddress, apiAddress, node);
    }

    /**
     * Unless the node is leaving.
     *
     * @param state as the column has it
     */
    public void changeState(String node, String state) {
        change("change the state of node " + node, CHANGE_STATE, state, node);
    }

    /** It is gone for good. */
    public void remove(String node) {
        change("remove the node", REMOVE, node);
    }

    /** Lets all nodes read again when the transaction commits. */
    public static void tell(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TELL)) {
            statement.execute();
        }
    }

    private void change(String purpose, String sql, String... parameters) {
        database.inTransaction(purpose, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int index = 0; index < parameters.length; index++) {
                    statement.setString(index + 1, parameters[index]);
                }
                statement.executeUpdate();
            }
            tell(connection);
            return true;
        });
    }
}
