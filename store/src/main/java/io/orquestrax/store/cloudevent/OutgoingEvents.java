package io.orquestrax.store.cloudevent;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The events that wait for sinks outside; the journal puts them there. */
public final class OutgoingEvents {
    private static final String PAGE = Sql.file(OutgoingEvents.class, "outgoing.sql");
    private static final String REMOVE = Sql.file(OutgoingEvents.class, "remove-outgoing.sql");

    private final Database database;

    /**
     * An event that waits.
     *
     * @param envelope JSON text
     */
    public record Waiting(long position, int partition, UUID instance, String envelope) {}

    public OutgoingEvents(Database database) {
        this.database = database;
    }

    /** The first that wait for a sink, of the instances in these partitions, in order. */
    public List<Waiting> page(String sink, List<Integer> partitions, int limit) {
        return database.with("read the events for sink " + sink, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setString(1, sink);
                new ArrayBinder(statement, 2).integers(partitions, partition -> partition);
                statement.setInt(3, limit);
                List<Waiting> page = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        page.add(new Waiting(
                                row.getLong("position"),
                                row.getInt("partition"),
                                row.getObject("instance_id", UUID.class),
                                row.getString("envelope")));
                    }
                }
                return page;
            }
        });
    }

    public void remove(List<Long> positions) {
        database.with("remove events that were sent", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
                new ArrayBinder(statement, 1).longs(positions, position -> position);
                return statement.executeUpdate();
            }
        });
    }
}
