package io.orquestrax.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceQueries;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database of before the ranges keeps all that it has. */
class RangesMigrationTest {
    private static final UUID ID = TestingRows.id(7);

    @Test
    void whatIsThereLiesInTheFirstRange() throws SQLException {
        TestingPostgres.TestingAddress address = TestingPostgres.bareDatabase();
        Flyway.configure()
                .dataSource(address.url(), address.user(), address.password())
                .schemas("orquestrax")
                .defaultSchema("orquestrax")
                .locations("classpath:io/orquestrax/store/migration")
                .table("schema_history")
                .target("5")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO orquestrax.instance (id, started_at, updated_at, partition, status, namespace,"
                            + " name, version, content_hash, tags) VALUES ('" + ID
                            + "', now(), now(), 0, 'waiting', 'shop',"
                            + " 'order', '1.0.0', 'h', '{}')");
            statement.execute(
                    "INSERT INTO orquestrax.event (instance_id, sequence, time, activation, attempt, type, data)"
                            + " SELECT '" + ID
                            + "', n, now(), 0, 0, 'InstanceStarted', '{}' FROM generate_series(1, 3) n");
        }

        try (Database database = Database.open(address.url(), address.user(), address.password(), 1)) {
            InstanceQueries queries = new InstanceQueries(database);
            assertThat(queries.list(InstanceFilter.ALL, 10, null).items()).hasSize(1);
            assertThat(queries.history(ID, 0, 10)).hasSize(3);
        }
    }
}
