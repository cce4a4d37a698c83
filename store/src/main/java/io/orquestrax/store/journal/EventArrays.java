package io.orquestrax.store.journal;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Micros;
import io.orquestrax.store.instance.EventRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The events of a batch as one array a column. */
final class EventArrays {
    private EventArrays() {}

    /** Binds eight arrays, the first at the index given; returns the index after the last. */
    static int bind(PreparedStatement statement, int index, List<EventRow> events) throws SQLException {
        ArrayBinder binder = new ArrayBinder(statement, index);
        binder.texts(events, event -> event.instance().toString());
        binder.longs(events, EventRow::sequence);
        binder.longs(events, event -> Micros.of(event.time()));
        binder.longs(events, EventRow::activation);
        binder.integers(events, EventRow::attempt);
        binder.texts(events, EventRow::type);
        binder.texts(events, EventRow::task);
        binder.texts(events, EventRow::data);
        return binder.next();
    }
}
