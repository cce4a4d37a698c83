package io.orquestrax.store.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Micros;
import io.orquestrax.store.instance.InstanceRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The instances' rows of a batch as one array a column. */
final class InstanceArrays {
    private InstanceArrays() {}

    /** Binds nineteen arrays, the first at the index given; returns the index after the last. */
    static int bind(PreparedStatement statement, int index, List<InstanceRow> rows) throws SQLException {
        ArrayBinder binder = new ArrayBinder(statement, index);
        binder.texts(rows, row -> row.id().toString());
        binder.integers(rows, InstanceRow::partition);
        binder.texts(rows, row -> row.definition().namespace());
        binder.texts(rows, row -> row.definition().name());
        binder.texts(rows, row -> row.definition().version());
        binder.texts(rows, InstanceRow::contentHash);
        binder.texts(rows, InstanceRow::key);
        binder.texts(rows, row -> row.status().text());
        binder.longs(rows, row -> Micros.of(row.startedAt()));
        binder.longs(rows, row -> Micros.of(row.updatedAt()));
        binder.longs(rows, row -> Micros.ofNullable(row.closedAt()));
        binder.longs(rows, row -> Micros.ofNullable(row.wakeAt()));
        binder.texts(rows, InstanceRow::input);
        binder.texts(rows, InstanceRow::output);
        binder.texts(rows, InstanceRow::error);
        binder.texts(rows, row -> tags(row.tags()));
        binder.texts(
                rows,
                row -> row.origin() instanceof Origin.Parent parent
                        ? parent.instance().toString()
                        : null);
        binder.longs(rows, row -> row.origin() instanceof Origin.Parent parent ? parent.activation() : null);
        binder.texts(rows, row -> row.origin() instanceof Origin.Schedule schedule ? schedule.trigger() : null);
        return binder.next();
    }

    private static String tags(Map<String, String> tags) {
        ObjectNode object = Json.NODES.objectNode();
        new TreeMap<>(tags).forEach(object::put);
        return Json.write(object);
    }
}
