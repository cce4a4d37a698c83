package io.orquestrax.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The connections to one PostgreSQL, with its schema migrated. */
public final class Database implements AutoCloseable {

    /**
     * Connects, waiting for a server that is still starting, and migrates the schema.
     *
     * @param url jdbc:postgresql://…, or postgresql://user:password@host/database
     * @param poolSize connections beside the journal's own
     * @throws StoreException if there is no such server, or its release is older than 15
     */
    public static Database open(String url, String user, String password, int poolSize) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Pooled. */
    public DataSource dataSource() {
        throw new UnsupportedOperationException("to be built");
    }

    /** A connection of its own, outside the pool. */
    public Connection connect() throws SQLException {
        throw new UnsupportedOperationException("to be built");
    }

    @Override
    public void close() {}
}
