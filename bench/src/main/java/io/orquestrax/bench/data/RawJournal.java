package io.orquestrax.bench.data;

import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What PostgreSQL takes of a client that does nothing else: the rows of an instance, again and again, written by plain
 * JDBC in batches into tables like the product's, over a few connections, each batch durable.
 */
public final class RawJournal {
    private static final int WRITERS = 2;
    private static final int INSTANCES_PER_BATCH = 25;
    private static final String PREPARE = Sql.file(RawJournal.class, "raw-tables.sql");
    private static final String READ = Sql.file(RawJournal.class, "raw-read.sql");
    private static final String EVENTS = Sql.file(RawJournal.class, "raw-events.sql");
    private static final String START = Sql.file(RawJournal.class, "raw-start.sql");
    private static final String CLOSE = Sql.file(RawJournal.class, "raw-close.sql");
    private static final double NANOS_PER_SECOND = 1e9;

    private final Database database;
    private final UUID template;
    private final List<Row> rows;

    private record Row(
            long sequence, String time, long activation, int attempt, String type, String task, String data) {}

    /** @param template a closed instance, whose rows are written */
    public RawJournal(Database database, UUID template) {
        this.database = database;
        this.template = template;
        this.rows = database.with("set up the raw journal", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(PREPARE);
            }
            return read(connection);
        });
    }

    /** Writes for so long; an instance's row counts twice, for it is written at the start and at the end. */
    public double rowsPerSecond(Duration duration) throws InterruptedException {
        long began = System.nanoTime();
        long end = began + duration.toNanos();
        long written = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Long>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(() -> write(end));
            }
            for (Future<Long> writer : executor.invokeAll(writers)) {
                written += writer.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Expected to write rows, but could not", failed);
        }
        return written * NANOS_PER_SECOND / (System.nanoTime() - began);
    }

    private long write(long endNanos) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            long written = 0;
            try (PreparedStatement events = connection.prepareStatement(EVENTS);
                    PreparedStatement start = connection.prepareStatement(START);
                    PreparedStatement close = connection.prepareStatement(CLOSE)) {
                while (System.nanoTime() < endNanos) {
                    written += writeBatch(connection, events, start, close);
                }
            }
            return written;
        }
    }

    private long writeBatch(
            Connection connection, PreparedStatement events, PreparedStatement start, PreparedStatement close)
            throws SQLException {
        String[] ids = new String[INSTANCES_PER_BATCH];
        for (int index = 0; index < ids.length; index++) {
            ids[index] = UUID.randomUUID().toString();
        }
        Array instances = connection.createArrayOf("text", ids);
        start.setArray(1, instances);
        start.setObject(2, template);
        start.executeUpdate();
        bind(connection, events, ids);
        events.executeUpdate();
        close.setArray(1, instances);
        close.setObject(2, template);
        close.executeUpdate();
        connection.commit();
        return (long) ids.length * (rows.size() + 2);
    }

    private void bind(Connection connection, PreparedStatement events, String[] ids) throws SQLException {
        int count = ids.length * rows.size();
        String[] instances = new String[count];
        Long[] sequences = new Long[count];
        String[] times = new String[count];
        Long[] activations = new Long[count];
        Integer[] attempts = new Integer[count];
        String[] types = new String[count];
        String[] tasks = new String[count];
        String[] data = new String[count];
        int index = 0;
        for (String id : ids) {
            for (Row row : rows) {
                instances[index] = id;
                sequences[index] = row.sequence();
                times[index] = row.time();
                activations[index] = row.activation();
                attempts[index] = row.attempt();
                types[index] = row.type();
                tasks[index] = row.task();
                data[index] = row.data();
                index++;
            }
        }
        events.setArray(1, connection.createArrayOf("text", instances));
        events.setArray(2, connection.createArrayOf("int8", sequences));
        events.setArray(3, connection.createArrayOf("text", times));
        events.setArray(4, connection.createArrayOf("int8", activations));
        events.setArray(5, connection.createArrayOf("int4", attempts));
        events.setArray(6, connection.createArrayOf("text", types));
        events.setArray(7, connection.createArrayOf("text", tasks));
        events.setArray(8, connection.createArrayOf("text", data));
    }

    private List<Row> read(Connection connection) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setObject(1, template);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Row(
                            row.getLong("sequence"),
                            row.getString("time"),
                            row.getLong("activation"),
                            row.getInt("attempt"),
                            row.getString("type"),
                            row.getString("task"),
                            row.getString("data")));
                }
            }
        }
        return List.copyOf(found);
    }
}
