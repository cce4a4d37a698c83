package io.orquestrax.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Keeps whoever writes events waiting until it is closed. */
public final class TestingHistoryLock implements AutoCloseable {
    private static final String WRITERS = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO orquestrax.event %'";

    private final Connection locking;
    private final Connection looking;

    /**
     * @param locking is closed with this
     * @param looking is closed with this
     */
    public TestingHistoryLock(Connection locking, Connection looking) throws SQLException {
        this.locking = locking;
        this.looking = looking;
        locking.setAutoCommit(false);
        try (Statement lock = locking.createStatement()) {
            lock.execute("LOCK TABLE orquestrax.event IN ACCESS EXCLUSIVE MODE");
        }
    }

    public void awaitWriter() throws Exception {
        Waiting.until(
                "somebody waits to write events", () -> !ofWriters("pid::text").isEmpty());
    }

    /** What those who wait were to write is never written; for when they are dead themselves. */
    public void endWriters() throws SQLException {
        if (ofWriters("pg_terminate_backend(pid, 20000)::text").contains("false")) {
            throw new AssertionError("Expected connections that wait to write events to end, but they did not");
        }
    }

    private List<String> ofWriters(String column) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement look = looking.createStatement();
                ResultSet rows = look.executeQuery("SELECT " + column + WRITERS)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        locking.rollback();
        locking.close();
        looking.close();
    }
}
