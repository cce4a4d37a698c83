package io.orquestrax.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a running server is like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedServerTest {
    private final Path directory;
    private final EmbeddedPostgres server;

    EmbeddedServerTest(@TempDir Path directory) {
        this.directory = directory;
        this.server = EmbeddedPostgres.start(directory);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void isDurableAndClosedToOthers() throws Exception {
        assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
        assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
        assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask(server, "SHOW unix_socket_directories")).isEmpty();
        assertThat(ask(server, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
        assertThat(ask(
                        server,
                        "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'orquestrax'"))
                .isEqualTo("bC.UTF-8");
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isADirectChildOutsideOfTheTerminalsReach() throws Exception {
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        assertThat(process.parent()).contains(ProcessHandle.current());
        assertThat(process.info().command().orElse("")).endsWith("/postgres");
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid() + " uses it");
        assertThat(ProcessHandle.of(server.pid())).isPresent();
    }

    private static String ask(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
