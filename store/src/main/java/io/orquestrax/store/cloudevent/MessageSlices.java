package io.orquestrax.store.cloudevent;

import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.message.Messages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes messages for many candidates in slices, and remembers no more of them than are worth handing over. */
final class MessageSlices {
    private static final int SLICE = 5_000;
    private static final int MAX_REMEMBERED = 20_000;

    private final Connection connection;
    private final Function<Candidate, MessageRow> message;
    private final List<MessageRow> slice = new ArrayList<>();
    private final List<MessageRow> remembered = new ArrayList<>();

    MessageSlices(Connection connection, Function<Candidate, MessageRow> message) {
        this.connection = connection;
        this.message = message;
    }

    void add(Candidate candidate) throws SQLException {
        slice.add(message.apply(candidate));
        if (slice.size() == SLICE) {
            write();
        }
    }

    /** Those to hand over; others that were written too are found in the table. */
    List<MessageRow> end() throws SQLException {
        write();
        return remembered;
    }

    private void write() throws SQLException {
        Messages.insert(connection, slice);
        if (remembered.size() < MAX_REMEMBERED) {
            remembered.addAll(slice);
        }
        slice.clear();
    }
}
