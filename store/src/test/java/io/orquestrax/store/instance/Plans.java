package io.orquestrax.store.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.regex.Matcher;

/** How PostgreSQL means to run the statements of this room; none of them may read a table from end to end. */
record Plans(Database database) {

    /** Gives a statement its parameters. */
    interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** The first page of a list. */
    String of(InstanceFilter filter) {
        InstanceList list = InstanceList.page(filter, 51, null);
        return explain("EXPLAIN " + list.sql(), list::bind);
    }

    String of(String file, Binding binding) {
        return explain("EXPLAIN " + Sql.file(InstanceQueries.class, file), binding);
    }

    /** Made before the parameters are known. */
    String generic(String file) {
        String sql = Sql.file(InstanceQueries.class, file);
        int parameters = 0;
        while (sql.contains("?")) {
            parameters++;
            sql = sql.replaceFirst("\\?", Matcher.quoteReplacement("$" + parameters));
        }
        String prepare = "SET plan_cache_mode = force_generic_plan; PREPARE generic AS " + sql;
        String nulls = String.join(", ", Collections.nCopies(parameters, "NULL"));
        return database.with("explain", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(prepare);
                String plan = lines(statement.executeQuery("EXPLAIN EXECUTE generic (" + nulls + ")"));
                statement.execute("DEALLOCATE generic; RESET plan_cache_mode");
                return requireNoScan(file, plan);
            }
        });
    }

    private String explain(String sql, Binding binding) {
        return database.with("explain", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                binding.bind(statement);
                return requireNoScan(sql, lines(statement.executeQuery()));
            }
        });
    }

    private static String lines(ResultSet row) throws SQLException {
        StringBuilder lines = new StringBuilder();
        while (row.next()) {
            lines.append(row.getString(1)).append('\n');
        }
        return lines.toString();
    }

    private static String requireNoScan(String sql, String plan) {
        assertThat(plan).as(sql).doesNotContain("Seq Scan on instance").doesNotContain("Seq Scan on event");
        return plan;
    }
}
