package io.orquestrax.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date, one node at a time. Which scripts were the last to be found complete stands as the
 * comment of Flyway's table, so that the start of a node that brings no new ones need not wait for Flyway.
 */
final class Migration {
    /** All that there are. */
    static final List<String> SCRIPTS = List.of(
            "V1__definitions_instances_and_their_events.sql",
            "V2__messages_cloud_events_and_schedules.sql",
            "V3__what_came_of_events.sql",
            "V4__nodes.sql",
            "V5__definitions_keep_what_they_refer_to.sql",
            "V6__snapshots.sql",
            "V8__instances_lie_in_ranges_of_ids.sql",
            "V9__functions.sql",
            "V10__webhooks.sql",
            "V11__functions_retire.sql");

    private static final String SCHEMA = "orquestrax";
    private static final String TABLE = "schema_history";
    private static final String LOCK = "SELECT pg_advisory_lock(hashtextextended('orquestrax.migration', 0))";
    private static final String COMPLETE =
            "SELECT obj_description(to_regclass('" + SCHEMA + "." + TABLE + "'), 'pg_class')";

    private Migration() {}

    /** @param connection to the same database, on which nothing is changed */
    static void run(DatabaseAddress address, Connection connection) {
        try {
            String scripts = fingerprint();
            if (!scripts.equals(complete(connection))) {
                migrate(address, scripts);
            }
        } catch (SQLException | FlywayException e) {
            throw new StoreException(
                    "Expected to migrate the schema " + SCHEMA + " at " + address.place() + ", but " + e.getMessage(),
                    e);
        }
    }

    /** Empty where there is no schema yet, or one that was left by a release that did not say. */
    private static String complete(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COMPLETE)) {
            row.next();
            String scripts = row.getString(1);
            return scripts == null ? "" : scripts;
        }
    }

    private static void migrate(DatabaseAddress address, String scripts) throws SQLException {
        Properties properties = Database.properties(address);
        // A migration, or another node's that this one waits for, may take long.
        properties.setProperty("socketTimeout", "0");
        try (Connection lock = DriverManager.getConnection(address.jdbcUrl(), properties);
                Statement statement = lock.createStatement()) {
            // Flyway's own lock lies in the schema, which nodes that start at once would race to make.
            statement.execute(LOCK);
            Flyway.configure(Migration.class.getClassLoader())
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .schemas(SCHEMA)
                    .defaultSchema(SCHEMA)
                    .locations("classpath:io/orquestrax/store/migration")
                    .table(TABLE)
                    .load()
                    .migrate();
            statement.execute("COMMENT ON TABLE " + SCHEMA + "." + TABLE + " IS '" + scripts + "'");
        }
    }

    /** Of the scripts' names and contents. */
    static String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String script : SCRIPTS) {
                digest.update(script.getBytes(StandardCharsets.UTF_8));
                digest.update(Sql.file(Migration.class, "migration/" + script).getBytes(StandardCharsets.UTF_8));
            }
            return "scripts " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
