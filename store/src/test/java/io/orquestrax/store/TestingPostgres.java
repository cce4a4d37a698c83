package io.orquestrax.store;

import io.orquestrax.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One embedded server for all tests of a JVM, and as many empty databases in it as they want. */
public final class TestingPostgres {
    private static final String TEMPLATE = "orquestrax_template";
    private static final int POOL_SIZE = 4;
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private TestingPostgres() {}

    /** A new database with an empty, migrated schema; close it, or leave that to the end of the JVM. */
    public static TestingDatabase freshDatabase() {
        String name = "test_" + COUNTER.incrementAndGet();
        EmbeddedPostgres running = createFromTemplate(name);
        String url = urlOf(running, name);
        return new TestingDatabase(
                url,
                running.user(),
                running.password(),
                Database.open(url, running.user(), running.password(), POOL_SIZE));
    }

    /** A new database with nothing in it, not even the schema. */
    static TestingAddress bareDatabase() {
        String name = "bare_" + COUNTER.incrementAndGet();
        synchronized (TestingPostgres.class) {
            EmbeddedPostgres running = running();
            execute(running, "CREATE DATABASE " + name);
            return new TestingAddress(urlOf(running, name), running.user(), running.password());
        }
    }

    record TestingAddress(String url, String user, String password) {}

    // A template may not be in use while it is copied, and a database not be made twice at once.
    private static synchronized EmbeddedPostgres createFromTemplate(String name) {
        EmbeddedPostgres running = running();
        execute(running, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return running;
    }

    private static synchronized EmbeddedPostgres running() {
        EmbeddedPostgres running = server;
        if (running == null) {
            Path directory = temporaryDirectory();
            running = EmbeddedPostgres.start(directory);
            stopAtTheEnd(running, directory);
            execute(running, "CREATE DATABASE " + TEMPLATE);
            Database.open(urlOf(running, TEMPLATE), running.user(), running.password(), 1)
                    .close();
            server = running;
        }
        return running;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("orquestrax-postgres-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopAtTheEnd(EmbeddedPostgres running, Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopAtOnce(running);
            try {
                // Thousands of files: the end of the tests need not wait for them.
                new ProcessBuilder("rm", "-rf", directory.toString()).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** Without the checkpoint that a clean stop writes: nobody reads these files again. */
    private static void stopAtOnce(EmbeddedPostgres running) {
        try {
            new ProcessBuilder("sh", "-c", "kill -QUIT " + running.pid())
                    .inheritIO()
                    .start();
            ProcessHandle.of(running.pid()).ifPresent(server -> server.onExit().join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        running.close();
    }

    private static String urlOf(EmbeddedPostgres running, String name) {
        return running.jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
    }

    private static void execute(EmbeddedPostgres running, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(running.jdbcUrl(), running.user(), running.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new StoreException("Expected to " + sql + ", but " + e.getMessage(), e);
        }
    }
}
