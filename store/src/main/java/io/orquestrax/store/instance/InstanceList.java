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

    private static final String BY_PARENT = Sql.file(InstanceList.class, "list-by-parent.sql");

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
                + filter.name() + "/" + filter.key() + (filter.parent() == null ? "" : "/" + filter.parent());
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql());
        bind(statement);
        return statement;
    }

    private boolean isOfDefinition() {
        return filter.namespace() != null || filter.name() != null;
    }

    String sql() {
        if (filter.parent() != null) {
            return BY_PARENT;
        }
        if (filter.key() != null) {
            return BY_KEY;
        }
        if (isOfDefinition()) {
            return BY_DEFINITION;
        }
        return filter.statuses().isEmpty() ? ALL : BY_STATUS;
    }

    void bind(PreparedStatement statement) throws SQLException {
        if (filter.parent() != null) {
            bindNamed(statement, filter.parent().toString());
        } else if (filter.key() != null) {
            bindNamed(statement, filter.key());
        } else if (isOfDefinition()) {
            statement.setString(1, filter.namespace());
            statement.setString(2, filter.name());
            statement.setArray(3, statuses(statement));
            statement.setObject(4, before);
            statement.setInt(5, limit);
            statement.setInt(6, limit);
        } else if (filter.statuses().isEmpty()) {
            statement.setObject(1, before);
            statement.setInt(2, limit);
        } else {
            statement.setArray(1, statuses(statement));
            statement.setObject(2, before);
            statement.setInt(3, limit);
            statement.setInt(4, limit);
        }
    }

    /** By key or parent. */
    private void bindNamed(PreparedStatement statement, String first) throws SQLException {
        statement.setString(1, first);
        statement.setString(2, filter.namespace());
        statement.setString(3, filter.namespace());
        statement.setString(4, filter.name());
        statement.setString(5, filter.name());
        statement.setArray(6, statuses(statement));
        statement.setObject(7, before);
        statement.setInt(8, limit);
    }

    private Array statuses(PreparedStatement statement) throws SQLException {
        Stream<Status> wanted = filter.statuses().isEmpty() ? Stream.of(Status.values()) : filter.statuses().stream();
        return statement
                .getConnection()
                .createArrayOf("text", wanted.map(Status::text).toArray());
    }
}
