package io.orquestrax.bench.torture.check;

import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Waits until nothing goes on in a database any more. */
public final class Quiet {
    private static final Duration POLL = Duration.ofMillis(250);

    private Quiet() {}

    /** @return whether that came to be within the limit */
    public static boolean comesTo(Connection connection, Duration limit) throws SQLException, InterruptedException {
        String sql = Sql.file(Quiet.class, "open.sql");
        long deadline = System.nanoTime() + limit.toNanos();
        try (Statement statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (ResultSet row = statement.executeQuery(sql)) {
                    row.next();
                    if (row.getLong(1) == 0) {
                        return true;
                    }
                }
                Thread.sleep(POLL);
            }
        }
        return false;
    }
}
