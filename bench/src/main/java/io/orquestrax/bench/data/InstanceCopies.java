package io.orquestrax.bench.data;

import io.orquestrax.server.partition.PartitionHash;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Many instances like one that the product made: the same rows with ids, partitions and times of their own.
 *
 * <p>Open ones are written while no node runs, for a node trusts what it has in memory.
 */
public final class InstanceCopies {
    private static final int CHUNK = 20_000;
    private static final String COPIES = Sql.file(InstanceCopies.class, "copies.sql");
    private static final String COPY_INSTANCES = Sql.file(InstanceCopies.class, "copy-instances.sql");
    private static final String COPY_EVENTS = Sql.file(InstanceCopies.class, "copy-events.sql");
    private static final String COPY_SUBSCRIPTIONS = Sql.file(InstanceCopies.class, "copy-subscriptions.sql");
    private static final String TEMPLATE = Sql.file(InstanceCopies.class, "template.sql");

    private final Database database;
    private final UUID template;
    private final int partitions;
    private final Instant templateStarted;
    private final @Nullable Instant templateDue;

    private record Copy(
            UUID id,
            int partition,
            Duration later,
            @Nullable Duration dueLater) {}

    public InstanceCopies(Database database, UUID template) {
        this.database = database;
        this.template = template;
        Row row = database.with("read the template", connection -> read(connection, template));
        this.partitions = row.partitions();
        this.templateStarted = row.startedAt();
        this.templateDue = row.wakeAt();
    }

    private record Row(Instant startedAt, @Nullable Instant wakeAt, int partitions) {}

    /**
     * Writes copies that started one millisecond after the other, the last one now.
     *
     * @param due when each of them wakes, where the template waits for a time
     */
    public void write(int count, IntFunction<Instant> due) {
        write(count, due, true);
    }

    /** As the other, without their histories: for what only reads the instances' rows. */
    public void writeRowsOnly(int count) {
        write(count, index -> Instant.EPOCH, false);
    }

    private void write(int count, IntFunction<Instant> due, boolean withHistory) {
        SteppingClock clock =
                new SteppingClock(Instant.now().truncatedTo(ChronoUnit.MILLIS).minusMillis(count));
        UuidSequence ids = new UuidSequence(clock);
        for (int from = 0; from < count; from += CHUNK) {
            List<Copy> chunk = new ArrayList<>();
            for (int index = from; index < Math.min(count, from + CHUNK); index++) {
                clock.step();
                UUID id = ids.next();
                chunk.add(new Copy(
                        id,
                        PartitionHash.partitionOf(id, partitions),
                        Duration.between(templateStarted, clock.instant()),
                        templateDue == null ? null : Duration.between(templateDue, due.apply(index))));
            }
            database.inTransaction("write copies", connection -> {
                write(connection, chunk, withHistory);
                return chunk.size();
            });
        }
        database.with("analyze", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(
                        "VACUUM ANALYZE orquestrax.instance, orquestrax.event, orquestrax.subscription");
            }
        });
    }

    private void write(Connection connection, List<Copy> chunk, boolean withHistory) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COPIES)) {
            ArrayBinder binder = new ArrayBinder(statement, 1);
            binder.texts(chunk, copy -> copy.id().toString());
            binder.integers(chunk, Copy::partition);
            binder.longs(chunk, copy -> micros(copy.later()));
            binder.longs(chunk, copy -> copy.dueLater() == null ? null : micros(copy.dueLater()));
            statement.execute();
        }
        copy(connection, COPY_INSTANCES);
        if (withHistory) {
            copy(connection, COPY_EVENTS);
            copy(connection, COPY_SUBSCRIPTIONS);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE pg_temp.copy");
        }
    }

    private void copy(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, template);
            statement.executeUpdate();
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static Row read(Connection connection, UUID template) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TEMPLATE)) {
            statement.setObject(1, template);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException(
                            "Expected the instance " + template + " to be there, but it is not");
                }
                java.time.OffsetDateTime wakeAt = row.getObject(2, java.time.OffsetDateTime.class);
                return new Row(
                        row.getObject(1, java.time.OffsetDateTime.class).toInstant(),
                        wakeAt == null ? null : wakeAt.toInstant(),
                        row.getInt(3));
            }
        }
    }

    /** Says the same time until it is told to go on by a millisecond. */
    private static final class SteppingClock extends Clock {
        private Instant now;

        SteppingClock(Instant now) {
            this.now = now;
        }

        void step() {
            now = now.plusMillis(1);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
