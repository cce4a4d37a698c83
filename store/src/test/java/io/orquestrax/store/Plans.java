package io.orquestrax.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.regex.Matcher;

/**
 * How PostgreSQL means to run the statements of a room; none of them may read a table of instances or events from end to
 * end.
 *
 * @param neighbour of the statements' files
 */
public record Plans(Database database, Class<?> neighbour) {

    /** Gives a statement its parameters. */
    public interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** For these parameters. */
    public String of(String sql, Binding binding) {
        return database.with("explain", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
                binding.bind(statement);
                return requireNoScan(sql, lines(statement.executeQuery()));
            }
        });
    }

    public String ofFile(String file, Binding binding) {
        return of(Sql.file(neighbour, file), binding);
    }

    /** Made before the parameters are known. */
    public String generic(String file) {
        String sql = Sql.file(neighbour, file);
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

    private static String lines(ResultSet row) throws SQLException {
        StringBuilder lines = new StringBuilder();
        while (row.next()) {
            lines.append(row.getString(1)).append('\n');
        }
        return lines.toString();
    }

    private static String requireNoScan(String sql, String plan) {
        assertThat(plan)
                .as(sql)
                .doesNotContain("Seq Scan on instance")
                .doesNotContain("Seq Scan on event")
                .doesNotContain("Seq Scan on cloud_event");
        return plan;
    }
}
