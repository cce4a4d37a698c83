package io.orquestrax.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The connections to one PostgreSQL, with its schema migrated. */
public final class Database implements AutoCloseable {
    private static final Duration BORROW_LIMIT = Duration.ofSeconds(10);

    private final DatabaseAddress address;
    private final HikariDataSource pool;

    private Database(DatabaseAddress address, HikariDataSource pool) {
        this.address = address;
        this.pool = pool;
    }

    /**
     * Connects, waiting for a server that is still starting, and migrates the schema.
     *
     * @param url jdbc:postgresql://…, or postgresql://user:password@host/database
     * @param poolSize connections beside the journal's own
     * @throws StoreException if there is no such server, or its release is older than 15
     */
    public static Database open(String url, String user, String password, int poolSize) {
        DatabaseAddress address = DatabaseAddress.of(url, user, password);
        try (Connection first = Arrival.await(address)) {
            Migration.run(address, first);
        } catch (SQLException e) {
            throw new StoreException("Expected to close a connection to " + address.place() + ", but " + e, e);
        }
        return new Database(address, new HikariDataSource(poolOf(address, poolSize)));
    }

    private static HikariConfig poolOf(DatabaseAddress address, int poolSize) {
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName("orquestrax");
        configuration.setJdbcUrl(address.jdbcUrl());
        configuration.setDataSourceProperties(properties(address));
        configuration.setMaximumPoolSize(poolSize);
        configuration.setMinimumIdle(Math.min(2, poolSize));
        configuration.setConnectionTimeout(BORROW_LIMIT.toMillis());
        // It has just been reached; where it is gone again, borrowing says so.
        configuration.setInitializationFailTimeout(-1);
        return configuration;
    }

    /** What every connection sets; parameters of the address win. */
    static Properties properties(DatabaseAddress address) {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", "orquestrax");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Does work on a connection of the pool, each statement a transaction of its own.
     *
     * @param purpose for the message of a failure, as in "Expected to …"
     * @throws StoreException if the database cannot do it
     */
    public <T extends @Nullable Object> T with(String purpose, Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new StoreException("Expected to " + purpose + ", but " + e.getMessage(), e);
        }
    }

    /**
     * As {@link #with}, all statements in one transaction, which is rolled back where the work throws.
     *
     * @throws StoreException if the database cannot do it
     */
    public <T extends @Nullable Object> T inTransaction(String purpose, Work<T> work) {
        return with(purpose, connection -> {
            connection.setAutoCommit(false);
            try {
                T done = work.on(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            }
            // The pool gives the connection out with autocommit again.
        });
    }

    /** The first failure is the one to tell. */
    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException another) {
            failure.addSuppressed(another);
        }
    }

    /** Pooled. */
    public DataSource dataSource() {
        return pool;
    }

    /** A connection of its own, outside the pool, on which every statement stays prepared from its first run. */
    public Connection connect() throws SQLException {
        return connect(new Properties());
    }

    /**
     * As {@link #connect()}.
     *
     * @param patience after which an answer that does not come counts as a broken connection; whole seconds, rounded up
     */
    public Connection connect(Duration patience) throws SQLException {
        String seconds = String.valueOf(patience.plusMillis(999).toSeconds());
        Properties impatient = new Properties();
        impatient.setProperty("socketTimeout", seconds);
        impatient.setProperty("connectTimeout", seconds);
        impatient.setProperty("loginTimeout", seconds);
        return connect(impatient);
    }

    private Connection connect(Properties more) throws SQLException {
        Properties properties = properties(address);
        properties.setProperty("prepareThreshold", "1");
        properties.putAll(more);
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    @Override
    public void close() {
        pool.close();
    }
}
