package io.orquestrax.store.embedded;

import java.nio.file.Path;

/** A PostgreSQL server of our own, as a child process, on loopback, with its data in a directory. */
public final class EmbeddedPostgres implements AutoCloseable {

    /**
     * Starts the server, or takes over one that an earlier process left behind on this directory.
     *
     * @param directory holds binaries, data and the password; made if absent
     */
    public static EmbeddedPostgres start(Path directory) {
        throw new UnsupportedOperationException("to be built");
    }

    public String jdbcUrl() {
        throw new UnsupportedOperationException("to be built");
    }

    public String user() {
        throw new UnsupportedOperationException("to be built");
    }

    public String password() {
        throw new UnsupportedOperationException("to be built");
    }

    public long pid() {
        throw new UnsupportedOperationException("to be built");
    }

    /** Stops it cleanly and waits for its end. */
    @Override
    public void close() {}
}
