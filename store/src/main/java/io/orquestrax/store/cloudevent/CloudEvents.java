package io.orquestrax.store.cloudevent;

import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The events that are kept. */
public final class CloudEvents {
    private static final String FIND = Sql.file(CloudEvents.class, "find.sql");

    private final Database database;

    /**
     * An event that is kept.
     *
     * @param envelope JSON text
     */
    public record KeptEvent(long position, String envelope, Instant receivedAt) {}

    public CloudEvents(Database database) {
        this.database = database;
    }

    public Optional<KeptEvent> find(long position) {
        return database.with("read event " + position, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setLong(1, position);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new KeptEvent(
                                    row.getLong("position"),
                                    row.getString("envelope"),
                                    row.getObject("received_at", OffsetDateTime.class)
                                            .toInstant()))
                            : Optional.<KeptEvent>empty();
                }
            }
        });
    }
}
