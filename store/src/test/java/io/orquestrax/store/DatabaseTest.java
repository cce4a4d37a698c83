package io.orquestrax.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.store.TestingPostgres.TestingAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    @Test
    void namesItselfToTheServer() {
        try (TestingDatabase testing = TestingPostgres.freshDatabase()) {
            assertThat(text(testing.database(), "SELECT current_setting('application_name')"))
                    .isEqualTo("orquestrax");
        }
    }

    @Test
    void givesEveryTestADatabaseOfItsOwn() {
        try (TestingDatabase first = TestingPostgres.freshDatabase();
                TestingDatabase second = TestingPostgres.freshDatabase()) {
            String insert = "INSERT INTO orquestrax.partition (id) VALUES (7) RETURNING id::text";
            assertThat(text(first.database(), insert)).isEqualTo("7");
            assertThat(text(second.database(), "SELECT count(*)::text FROM orquestrax.partition"))
                    .isEqualTo("0");
        }
    }

    @Test
    void migratesOnceWhenSeveralNodesStartAtOnce() throws Exception {
        TestingAddress bare = TestingPostgres.bareDatabase();
        List<Future<Database>> opened = new ArrayList<>();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 4; node++) {
                opened.add(nodes.submit(() -> Database.open(bare.url(), bare.user(), bare.password(), 1)));
            }
        }
        for (Future<Database> database : opened) {
            try (Database ready = database.get()) {
                String migrations = "SELECT count(*)::text FROM orquestrax.schema_history WHERE version = '1'";
                assertThat(text(ready, migrations)).isEqualTo("1");
            }
        }
    }

    @Test
    void asksFlywayOnlyWhereAScriptIsNew() {
        String comment = "SELECT obj_description('orquestrax.schema_history'::regclass, 'pg_class')";
        try (TestingDatabase testing = TestingPostgres.freshDatabase()) {
            assertThat(text(testing.database(), comment)).isEqualTo(Migration.fingerprint());

            // Flyway would refuse a history that names another script.
            change(testing.database(), "UPDATE orquestrax.schema_history SET checksum = 1 WHERE version = '1'");
            reopen(testing).close();

            change(testing.database(), "COMMENT ON TABLE orquestrax.schema_history IS 'of an earlier release'");
            assertThatThrownBy(() -> reopen(testing))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("migrate");
        }
    }

    private static Database reopen(TestingDatabase testing) {
        return Database.open(testing.url(), testing.user(), testing.password(), 1);
    }

    private static void change(Database database, String sql) {
        var _ = database.with("change the schema", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Test
    void knowsEveryScript() throws Exception {
        Path directory = Path.of(Database.class.getResource("migration").toURI());
        try (Stream<Path> scripts = Files.list(directory)) {
            assertThat(scripts.map(script -> script.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migration.SCRIPTS);
        }
    }

    @Test
    void commentsEveryTableAndColumn() {
        String silent = """
                SELECT string_agg(c.relname || '.' || coalesce(a.attname, '*'), ', ')
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relnamespace = 'orquestrax'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_history'
                  AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)""";
        try (TestingDatabase testing = TestingPostgres.freshDatabase()) {
            assertThat(text(testing.database(), silent)).isNull();
        }
    }

    @Test
    void acceptsAnAddressThatHoldsUserAndPassword() {
        try (TestingDatabase testing = TestingPostgres.freshDatabase()) {
            String address = testing.url()
                    .replace("jdbc:postgresql://", "postgresql://" + testing.user() + ":" + testing.password() + "@");
            try (Database database = Database.open(address + "?ApplicationName=mine", "nobody", "wrong", 1)) {
                assertThat(text(database, "SELECT current_setting('application_name')"))
                        .isEqualTo("mine");
            }
        }
    }

    @Test
    void decodesUserAndPasswordOfAnAddress() {
        DatabaseAddress address =
                DatabaseAddress.of("postgres://a%40b:c%2F+d@db.example:5433/flows?sslmode=require", "", "");
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/flows?sslmode=require");
        assertThat(address.user()).isEqualTo("a@b");
        assertThat(address.password()).isEqualTo("c/+d");
        assertThat(address.toString()).doesNotContain("c/+d");
    }

    @Test
    void keepsThePasswordOutOfTheMessageWhenTheAddressIsWrong() {
        assertThatThrownBy(() -> DatabaseAddress.of("postgresql://me:secret word@host/x", "", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Expected a database address")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> DatabaseAddress.of("mysql://host/x", "", "")).hasMessageContaining("mysql://");
    }

    @Test
    void refusesAnOldServer() {
        assertThatThrownBy(() -> Arrival.requireRelease(14))
                .hasMessage("Expected PostgreSQL 15 or newer, but this server is release 14");
        Arrival.requireRelease(15);
    }

    @Test
    void saysAtOnceThatThePasswordIsWrong() {
        TestingAddress bare = TestingPostgres.bareDatabase();
        assertThatThrownBy(() -> Database.open(bare.url(), bare.user(), "wrong", 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void givesUpWaitingForAServerThatDoesNotCome() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        DatabaseAddress nowhere = DatabaseAddress.of("jdbc:postgresql://127.0.0.1:" + closedPort + "/x", "u", "p");
        assertThatThrownBy(() -> Arrival.await(nowhere, Duration.ofMillis(300)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Expected a PostgreSQL server at jdbc:postgresql://127.0.0.1:" + closedPort);
    }

    private static @Nullable String text(Database database, String sql) {
        return database.with("ask", connection -> single(connection.createStatement(), sql));
    }

    private static @Nullable String single(Statement statement, String sql) throws SQLException {
        try (statement;
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
