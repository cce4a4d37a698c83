package io.orquestrax.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date, one node at a time. */
final class Migration {
    private static final String SCHEMA = "orquestrax";
    private static final String LOCK = "SELECT pg_advisory_lock(hashtextextended('orquestrax.migration', 0))";

    private Migration() {}

    static void run(DatabaseAddress address) {
        Properties properties = Database.properties(address);
        // A migration, or another node's that this one waits for, may take long.
        properties.setProperty("socketTimeout", "0");
        try (Connection lock = DriverManager.getConnection(address.jdbcUrl(), properties);
                Statement statement = lock.createStatement()) {
            // Flyway's own lock lies in the schema, which nodes that start at once would race to make.
            statement.execute(LOCK);
            migrate(address);
        } catch (SQLException | FlywayException e) {
            throw new StoreException(
                    "Expected to migrate the schema " + SCHEMA + " at " + address.place() + ", but " + e.getMessage(),
                    e);
        }
    }

    private static void migrate(DatabaseAddress address) {
        Flyway.configure(Migration.class.getClassLoader())
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .locations("classpath:io/orquestrax/store/migration")
                .table("schema_history")
                .load()
                .migrate();
    }
}
