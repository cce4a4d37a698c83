package io.orquestrax.bench.torture.ground;

import io.orquestrax.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The PostgreSQL server of a run, which remembers when each transaction was committed. */
final class Database implements AutoCloseable {
    private final Path directory;
    private volatile EmbeddedPostgres server;

    private Database(Path directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
    }

    static Database start(Path directory) throws SQLException {
        Database database = new Database(directory, EmbeddedPostgres.start(directory));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET track_commit_timestamp = on");
        }
        database.restart();
        return database;
    }

    /** Past every proxy. */
    Connection connect() throws SQLException {
        EmbeddedPostgres current = server;
        return DriverManager.getConnection(current.jdbcUrl(), current.user(), current.password());
    }

    /** Through a door of ours, with a name under which the server knows the connection. */
    String urlThrough(TcpProxy door, String application) {
        String url = server.jdbcUrl();
        return "jdbc:postgresql://" + door.address() + url.substring(url.lastIndexOf('/')) + "?ApplicationName="
                + application;
    }

    String user() {
        return server.user();
    }

    String password() {
        return server.password();
    }

    Optional<TcpProxy.Upstream> upstream() {
        String url = server.jdbcUrl();
        String port = url.substring(url.lastIndexOf(':') + 1, url.lastIndexOf('/'));
        return Optional.of(new TcpProxy.Upstream("postgres", Integer.parseInt(port)));
    }

    /** Ends all connections in order, and writes what is in memory. */
    void stop() {
        server.close();
    }

    /** Ends at once, as a machine that loses its power: the next start recovers. */
    void crash() throws InterruptedException {
        ProcessHandle process =
                ProcessHandle.of(server.pid()).orElseThrow(() -> new IllegalStateException("PostgreSQL is gone"));
        Signal.QUIT.send(process.pid());
        var _ = process.onExit().join();
        server.close();
    }

    void startAgain() {
        server = EmbeddedPostgres.start(directory);
    }

    private void restart() {
        stop();
        startAgain();
    }

    @Override
    public void close() {
        server.close();
    }
}
