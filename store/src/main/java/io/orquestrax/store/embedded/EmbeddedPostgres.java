package io.orquestrax.store.embedded;

import io.orquestrax.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server of our own, as a child process, on loopback, with its data in a directory. */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "orquestrax";
    private static final int PORT_ATTEMPTS = 5;

    private final ServerDirectory directory;
    private final RunningServer server;
    private final int port;
    private final String password;
    private boolean closed;

    private EmbeddedPostgres(ServerDirectory directory, RunningServer server, int port, String password) {
        this.directory = directory;
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /** Whether the server ends by itself when this process does, where the operating system can do that. */
    enum ParentDeath {
        STOPS_SERVER,
        LEAVES_SERVER
    }

    /**
     * Starts the server, or takes over one that an earlier process left behind on this directory.
     *
     * @param directory holds data, log and the password, and the binaries where the user has no cache; made if absent
     * @throws StoreException if another process uses the directory, or the server does not start; the message ends with
     *     the end of its log
     */
    public static EmbeddedPostgres start(Path directory) {
        return start(directory, ParentDeath.STOPS_SERVER);
    }

    static EmbeddedPostgres start(Path directory, ParentDeath parentDeath) {
        try {
            ServerDirectory files = ServerDirectory.open(directory);
            try {
                return start(files, parentDeath);
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException("Expected to start PostgreSQL in " + directory + ", but " + e, e);
        }
    }

    private static EmbeddedPostgres start(ServerDirectory files, ParentDeath parentDeath) throws IOException {
        Optional<EmbeddedPostgres> orphan = takeOver(files);
        if (orphan.isPresent()) {
            return orphan.get();
        }
        ServerAccount account = ServerAccount.choose(files.root());
        Binaries binaries = Binaries.unpacked(Platform.current(), cache(account, files));
        ServerLauncher launcher = new ServerLauncher(binaries, account, files, parentDeath);
        launcher.initialize(NAME);
        for (int attempt = 1; ; attempt++) {
            int port = FreePort.like(attempt == 1 ? files.lastPort() : 0);
            Optional<RunningServer> server = launcher.launch(port, attempt < PORT_ATTEMPTS);
            if (server.isPresent()) {
                return opened(files, server.get(), port);
            }
        }
    }

    /** Remembers where the server is and makes sure that it can be used. */
    private static EmbeddedPostgres opened(ServerDirectory files, RunningServer server, int port) throws IOException {
        files.rememberPort(port);
        EmbeddedPostgres postgres = new EmbeddedPostgres(files, server, port, files.password());
        try {
            postgres.createDatabase();
        } catch (SQLException e) {
            server.stop();
            throw new StoreException("Expected to use the PostgreSQL server in " + files.root() + ", but " + e, e);
        }
        LOG.info("PostgreSQL runs on 127.0.0.1:{} as process {}, data in {}", port, server.pid(), files.data());
        return postgres;
    }

    private static Optional<EmbeddedPostgres> takeOver(ServerDirectory files) throws IOException {
        Optional<PidFile> left = files.pidFile();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Optional<RunningServer> orphan = RunningServer.orphan(files, left.get());
        if (orphan.isEmpty()) {
            files.deletePidFile();
            return Optional.empty();
        }
        RunningServer server = orphan.get();
        if (files.isBound() || left.get().status().equals("stopping")) {
            // Its parent is gone, so it has been told to stop: it must not be used any more.
            server.stop();
            return Optional.empty();
        }
        server.awaitReady();
        int port = files.pidFile().orElseThrow().port();
        LOG.info("Taking over the PostgreSQL server that process {} is", server.pid());
        return Optional.of(opened(files, server, port));
    }

    private static Path cache(ServerAccount account, ServerDirectory files) {
        String configured = System.getenv("XDG_CACHE_HOME");
        String home = System.getProperty("user.home", "");
        Path cache =
                configured == null || configured.isBlank() ? Path.of(home, ".cache", NAME) : Path.of(configured, NAME);
        Path existing = cache;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        boolean usable = !account.isOther() && cache.isAbsolute() && Files.isWritable(existing);
        return usable ? cache.resolve("postgres") : files.root().resolve("binaries");
    }

    private void createDatabase() throws SQLException {
        String administration = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(administration, user(), password);
                Statement statement = connection.createStatement()) {
            String query = "SELECT FROM pg_database WHERE datname = '" + NAME + "'";
            try (ResultSet found = statement.executeQuery(query)) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + NAME);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return password;
    }

    public long pid() {
        return server.pid();
    }

    /** Stops it cleanly and waits for its end; where that takes too long, at once, and the next start recovers. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Duration took = server.stop();
        LOG.info("PostgreSQL in {} stopped after {} ms", directory.root(), took.toMillis());
        try {
            directory.close();
        } catch (IOException e) {
            throw new StoreException("Expected to release " + directory.root() + ", but " + e, e);
        }
    }
}
