package io.orquestrax.store;

/** A database of one test: where it is, and connections to it. */
public record TestingDatabase(String url, String user, String password, Database database) implements AutoCloseable {

    @Override
    public void close() {
        database.close();
    }
}
