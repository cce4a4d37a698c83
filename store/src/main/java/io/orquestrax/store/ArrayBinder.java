package io.orquestrax.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds a column of some rows at a time, as an array that the driver transfers in binary. */
public final class ArrayBinder {
    private final PreparedStatement statement;
    private int index;

    public ArrayBinder(PreparedStatement statement, int firstIndex) {
        this.statement = statement;
        this.index = firstIndex;
    }

    public int next() {
        return index;
    }

    public <R> void texts(List<R> rows, Function<R, @Nullable String> column) throws SQLException {
        bind("text", rows, column, new String[rows.size()]);
    }

    public <R> void longs(List<R> rows, Function<R, @Nullable Long> column) throws SQLException {
        bind("int8", rows, column, new Long[rows.size()]);
    }

    public <R> void integers(List<R> rows, Function<R, @Nullable Integer> column) throws SQLException {
        bind("int4", rows, column, new Integer[rows.size()]);
    }

    private <R, V> void bind(String type, List<R> rows, Function<R, @Nullable V> column, @Nullable V[] values)
            throws SQLException {
        for (int row = 0; row < values.length; row++) {
            values[row] = column.apply(rows.get(row));
        }
        Connection connection = statement.getConnection();
        statement.setArray(index, connection.createArrayOf(type, values));
        index++;
    }
}
