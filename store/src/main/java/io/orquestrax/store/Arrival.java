package io.orquestrax.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the server and looks at what it is. */
final class Arrival {
    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 250;
    private static final int OLDEST_RELEASE = 15;

    private Arrival() {}

    /**
     * The first connection, for the caller to close.
     *
     * @throws StoreException if it does not come, lets us not in, or is too old
     */
    static Connection await(DatabaseAddress address) {
        return await(address, LIMIT);
    }

    static Connection await(DatabaseAddress address, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean told = false;
        while (true) {
            try {
                return ofRelease(DriverManager.getConnection(address.jdbcUrl(), properties(address)));
            } catch (SQLException e) {
                if (!SqlState.of(e).mayArriveLater() || System.nanoTime() > deadline) {
                    throw new StoreException(
                            "Expected a PostgreSQL server at " + address.place() + ", but " + e.getMessage(), e);
                }
                if (!told) {
                    told = true;
                    LOG.warn(
                            "Waiting at most {} s for PostgreSQL at {}: {}",
                            limit.toSeconds(),
                            address.place(),
                            e.getMessage());
                }
            }
            pause();
        }
    }

    private static Properties properties(DatabaseAddress address) {
        Properties properties = Database.properties(address);
        properties.setProperty("loginTimeout", "10");
        return properties;
    }

    private static Connection ofRelease(Connection connection) throws SQLException {
        try {
            requireRelease(connection.getMetaData().getDatabaseMajorVersion());
            return connection;
        } catch (SQLException | StoreException failure) {
            connection.close();
            throw failure;
        }
    }

    static void requireRelease(int major) {
        if (major < OLDEST_RELEASE) {
            throw new StoreException(
                    "Expected PostgreSQL " + OLDEST_RELEASE + " or newer, but this server is release " + major);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Expected to wait for the PostgreSQL server, but was interrupted", e);
        }
    }
}
