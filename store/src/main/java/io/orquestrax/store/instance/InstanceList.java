package io.orquestrax.store.instance;

import io.orquestrax.engine.Status;
import io.orquestrax.store.InvalidPageTokenException;
import io.orquestrax.store.PageToken;
import io.orquestrax.store.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statement behind a list of instances: for each kind of filter the one that reads a range of an index.
 *
 * @param before the id that the page comes before
 * @param limit how many rows at most
 */
record InstanceList(InstanceFilter filter, UUID before, int limit) {
    private static final String ALL = Sql.file(InstanceList.class, "list.sql");
    private static final String BY_STATUS = Sql.file(InstanceList.class, "list-by-status.sql");
    private static final String BY_DEFINITION = Sql.file(InstanceList.class, "list-by-definition.sql");
    private static final String BY_KEY = Sql.file(InstanceList.class, "list-by-key.sql");

    /** Greater than every UUIDv7. */
    private static final UUID END = new UUID(-1, -1);

    static InstanceList page(InstanceFilter filter, int limit, @Nullable String pageToken) {
        return new InstanceList(filter, pageToken == null ? END : position(filter, pageToken), limit);
    }

    private static UUID position(InstanceFilter filter, String token) {
        try {
            return UUID.fromString(PageToken.read(nameOf(filter), token).getFirst());
        } catch (IllegalArgumentException e) {
            throw new InvalidPageTokenException(token);
        }
    }

    static String tokenAfter(InstanceFilter filter, InstanceRow last) {
        return PageToken.of(nameOf(filter), List.of(last.id().toString()));
    }

    private static String nameOf(InstanceFilter filter) {
        return "instances/" + filter.statuses().stream().sorted().toList() + "/" + filter.namespace() + "/"
                + filter.name() + "/" + filter.key();
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        if (filter.key() != null) {
            return byKey(connection);
        }
        if (filter.namespace() != null || filter.name() != null) {
            return byDefinition(connection);
        }
        return filter.statuses().isEmpty() ? all(connection) : byStatus(connection);
    }

    private PreparedStatement all(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(ALL);
        statement.setObject(1, before);
        statement.setInt(2, limit);
        return statement;
    }

    private PreparedStatement byStatus(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(BY_STATUS);
        statement.setArray(1, statuses(connection));
        statement.setObject(2, before);
        statement.setInt(3, limit);
        statement.setInt(4, limit);
        return statement;
    }

    private PreparedStatement byDefinition(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(BY_DEFINITION);
        statement.setString(1, filter.namespace());
        statement.setString(2, filter.name());
        statement.setArray(3, statuses(connection));
        statement.setObject(4, before);
        statement.setInt(5, limit);
        statement.setInt(6, limit);
        return statement;
    }

    private PreparedStatement byKey(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(BY_KEY);
        statement.setString(1, filter.key());
        statement.setString(2, filter.namespace());
        statement.setString(3, filter.namespace());
        statement.setString(4, filter.name());
        statement.setString(5, filter.name());
        statement.setArray(6, statuses(connection));
        statement.setObject(7, before);
        statement.setInt(8, limit);
        return statement;
    }

    private Array statuses(Connection connection) throws SQLException {
        Stream<Status> wanted = filter.statuses().isEmpty() ? Stream.of(Status.values()) : filter.statuses().stream();
        return connection.createArrayOf("text", wanted.map(Status::text).toArray());
    }
}
