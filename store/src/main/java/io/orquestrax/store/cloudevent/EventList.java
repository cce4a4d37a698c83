package io.orquestrax.store.cloudevent;

import io.orquestrax.store.InvalidPageTokenException;
import io.orquestrax.store.PageToken;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statement behind a list of events: for each kind of filter the one that reads a range of an index.
 *
 * @param before the position that the page comes before
 * @param limit how many rows at most
 */
record EventList(EventFilter filter, long before, int limit) {
    private static final String ALL = Sql.file(EventList.class, "list.sql");
    private static final String BY_TYPE = Sql.file(EventList.class, "list-by-type.sql");
    private static final String BY_SOURCE = Sql.file(EventList.class, "list-by-source.sql");
    private static final String BY_BOTH = Sql.file(EventList.class, "list-by-type-and-source.sql");

    static EventList page(EventFilter filter, int limit, @Nullable String pageToken) {
        return new EventList(filter, pageToken == null ? Long.MAX_VALUE : position(filter, pageToken), limit);
    }

    static String tokenAfter(EventFilter filter, StoredEvent last) {
        return PageToken.of(nameOf(filter), List.of(Long.toString(last.position())));
    }

    private static long position(EventFilter filter, String token) {
        try {
            return Long.parseLong(PageToken.read(nameOf(filter), token).getFirst());
        } catch (NumberFormatException notOurs) {
            throw new InvalidPageTokenException(token);
        }
    }

    private static String nameOf(EventFilter filter) {
        return "events/" + filter.type() + "\u001f" + filter.source();
    }

    String sql() {
        if (filter.type() == null) {
            return filter.source() == null ? ALL : BY_SOURCE;
        }
        return filter.source() == null ? BY_TYPE : BY_BOTH;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql());
        bind(statement);
        return statement;
    }

    void bind(PreparedStatement statement) throws SQLException {
        List<String> named = Stream.of(filter.type(), filter.source())
                .filter(Objects::nonNull)
                .toList();
        int index = 1;
        // The first row of the range, and the last.
        for (String text : named) {
            statement.setString(index++, text);
        }
        for (String text : named) {
            statement.setString(index++, text);
        }
        statement.setLong(index++, before);
        statement.setInt(index, limit);
    }
}
