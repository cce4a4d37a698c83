package io.orquestrax.store.retention;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Micros;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ranges of ids in which instances and their events lie, as tables of their own.
 *
 * <p>They follow each other without a gap, so that an instance has a place whatever its id is. One in which nearly all is
 * closed and old is replaced by one that holds the rest, together with what was kept of those before it; its tables are
 * dropped, and no row is deleted. While that happens, the journal waits.
 */
public final class InstanceRanges {
    /** Instances that are copied at most while the journal waits. */
    static final int MOST_KEPT = 10_000;

    /** Copying this many times as many as go is not worth it. */
    private static final int WORTH = 10;

    private static final Logger LOG = LoggerFactory.getLogger(InstanceRanges.class);
    private static final String RANGES = file("ranges.sql");
    private static final String LOCK = file("lock.sql");
    private static final String HIGHEST = file("highest.sql");
    private static final String ADD = file("add.sql");
    private static final String END = file("end.sql");
    private static final String REMOVE = file("remove.sql");
    private static final String CREATE = file("create.sql");
    private static final String ATTACH = file("attach.sql");
    private static final String DETACH = file("detach.sql");
    private static final String DROP = file("drop.sql");
    private static final String COUNT = file("count.sql");
    private static final String KEEP = file("keep.sql");
    private static final String DROP_SNAPSHOTS = file("drop-snapshots.sql");
    private static final String KEEP_EVENTS = file("keep-events.sql");

    private final Database database;

    private record Counts(int stay, int go) {
        boolean isWorthIt() {
            return stay <= MOST_KEPT && go > 0 && (long) go * WORTH >= stay;
        }
    }

    public InstanceRanges(Database database) {
        this.database = database;
    }

    /**
     * Makes sure that what is started from some time on begins a new range. Never more than two are cut at a time.
     *
     * @param width how much time a range covers
     * @throws io.orquestrax.store.StoreException if the tables were in use for too long; it is tried again later
     */
    public void extend(Instant now, Duration width) {
        database.inTransaction("cut the ranges of instances", connection -> {
            IdRange last = ranges(connection).getLast();
            if (isAhead(last, now, width)) {
                return last;
            }
            execute(connection, LOCK);
            last = ranges(connection).getLast();
            if (!isAhead(last, now, width)) {
                last = cut(connection, last, beginning(last, now).plus(width));
            }
            return isAhead(last, now, width) ? last : cut(connection, last, now.plus(width.multipliedBy(2)));
        });
    }

    /**
     * Lets go of the closed instances that have been kept long enough, as far as that is worth it.
     *
     * @return how many
     * @throws io.orquestrax.store.StoreException if the tables were in use for too long; it is tried again later
     */
    public int removeOld(List<Cutoff> cutoffs) {
        Instant latest = cutoffs.stream()
                .map(Cutoff::closedBefore)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        int removed = 0;
        for (IdRange range : database.with("read the ranges of instances", InstanceRanges::ranges)) {
            if (range.to() == null || IdRange.timeOf(range.to()).isAfter(latest)) {
                break;
            }
            Counts counts =
                    database.with("count what is kept", connection -> count(connection, range.number(), cutoffs));
            if (counts.isWorthIt()) {
                removed += database.inTransaction(
                        "drop a range of instances", connection -> replace(connection, range.number(), cutoffs));
            }
        }
        return removed;
    }

    private static boolean isAhead(IdRange last, Instant now, Duration width) {
        return last.from() != null && !IdRange.timeOf(last.from()).isBefore(now.plus(width));
    }

    private static Instant beginning(IdRange last, Instant now) {
        UUID from = last.from();
        return from == null || IdRange.timeOf(from).isBefore(now) ? now : IdRange.timeOf(from);
    }

    /** Ends the last range at a time that no id has reached, and begins another there. */
    private static IdRange cut(Connection connection, IdRange last, Instant at) throws SQLException {
        UUID to = IdRange.lowest(at);
        UUID highest = highest(connection, last.number());
        if (highest != null && !IdRange.timeOf(highest).isBefore(at)) {
            throw new SQLException("there are instances of a later time than " + at + " already: " + highest);
        }
        execute(connection, DETACH.formatted(last.number()));
        attach(connection, last.number(), last.from(), to);
        update(connection, END, to, last.number());
        return new IdRange(add(connection, to, null, false), to, null, false);
    }

    /** Where two run at the same time, the second finds nothing left to do. */
    private static int replace(Connection connection, int number, List<Cutoff> cutoffs) throws SQLException {
        execute(connection, LOCK);
        List<IdRange> ranges = ranges(connection);
        int index = indexOf(ranges, number);
        if (index < 0) {
            return 0;
        }
        IdRange range = ranges.get(index);
        Counts counts = count(connection, number, cutoffs);
        if (!counts.isWorthIt()) {
            return 0;
        }
        List<IdRange> replaced = new ArrayList<>();
        if (index > 0 && ranges.get(index - 1).isKept()) {
            IdRange before = ranges.get(index - 1);
            if (count(connection, before.number(), cutoffs).stay() + counts.stay() <= MOST_KEPT) {
                replaced.add(before);
            }
        }
        replaced.add(range);
        replaceAll(connection, replaced, cutoffs);
        LOG.info("Instances up to {} have gone, {} of them are kept", range.to(), counts.stay());
        return counts.go();
    }

    private static void replaceAll(Connection connection, List<IdRange> replaced, List<Cutoff> cutoffs)
            throws SQLException {
        for (IdRange old : replaced) {
            execute(connection, DETACH.formatted(old.number()));
            update(connection, REMOVE, old.number());
        }
        UUID from = replaced.getFirst().from();
        UUID to = replaced.getLast().to();
        int kept = insert(connection, from, to, true);
        execute(connection, CREATE.formatted(kept));
        for (IdRange old : replaced) {
            try (PreparedStatement statement = connection.prepareStatement(KEEP.formatted(old.number(), kept))) {
                var _ = bind(statement, cutoffs);
                statement.executeUpdate();
            }
            execute(connection, KEEP_EVENTS.formatted(old.number(), kept));
            execute(connection, DROP.formatted(old.number()));
        }
        attach(connection, kept, from, to);
        dropSnapshots(connection, kept, from, to);
    }

    private static void dropSnapshots(Connection connection, int kept, @Nullable UUID from, @Nullable UUID to)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DROP_SNAPSHOTS.formatted(kept))) {
            statement.setObject(1, from, Types.OTHER);
            statement.setObject(2, from, Types.OTHER);
            statement.setObject(3, to, Types.OTHER);
            statement.setObject(4, to, Types.OTHER);
            statement.executeUpdate();
        }
    }

    private static int add(Connection connection, @Nullable UUID from, @Nullable UUID to, boolean isKept)
            throws SQLException {
        int number = insert(connection, from, to, isKept);
        execute(connection, CREATE.formatted(number));
        attach(connection, number, from, to);
        return number;
    }

    private static void attach(Connection connection, int number, @Nullable UUID from, @Nullable UUID to)
            throws SQLException {
        execute(connection, ATTACH.formatted(number, IdRange.bound(from, "MINVALUE"), IdRange.bound(to, "MAXVALUE")));
    }

    private static int insert(Connection connection, @Nullable UUID from, @Nullable UUID to, boolean isKept)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, from, Types.OTHER);
            statement.setObject(2, to, Types.OTHER);
            statement.setBoolean(3, isKept);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static @Nullable UUID highest(Connection connection, int number) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HIGHEST.formatted(number))) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    private static Counts count(Connection connection, int number, List<Cutoff> cutoffs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT.formatted(number))) {
            int next = bind(statement, cutoffs);
            statement.setInt(next, MOST_KEPT + 1);
            statement.setInt(next + 1, MOST_KEPT + 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Counts(row.getInt("stay"), row.getInt("go"));
            }
        }
    }

    private static int bind(PreparedStatement statement, List<Cutoff> cutoffs) throws SQLException {
        ArrayBinder binder = new ArrayBinder(statement, 1);
        binder.texts(cutoffs, Cutoff::namespace);
        binder.texts(cutoffs, Cutoff::name);
        binder.longs(cutoffs, cutoff -> Micros.ofNullable(cutoff.closedBefore()));
        return binder.next();
    }

    private static List<IdRange> ranges(Connection connection) throws SQLException {
        List<IdRange> ranges = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RANGES)) {
            while (row.next()) {
                ranges.add(new IdRange(
                        row.getInt("number"),
                        row.getObject("from_id", UUID.class),
                        row.getObject("to_id", UUID.class),
                        row.getBoolean("is_kept")));
            }
        }
        return ranges;
    }

    private static int indexOf(List<IdRange> ranges, int number) {
        for (int index = 0; index < ranges.size(); index++) {
            if (ranges.get(index).number() == number) {
                return index;
            }
        }
        return -1;
    }

    private static String file(String name) {
        return Sql.file(InstanceRanges.class, name);
    }
}
