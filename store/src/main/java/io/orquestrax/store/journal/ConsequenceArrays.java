package io.orquestrax.store.journal;

import io.orquestrax.store.ArrayBinder;
import io.orquestrax.store.Micros;
import io.orquestrax.store.cloudevent.CloudEventRow;
import io.orquestrax.store.cloudevent.Listener;
import io.orquestrax.store.cloudevent.OutgoingEventRow;
import io.orquestrax.store.cloudevent.SubscriptionRow;
import io.orquestrax.store.cloudevent.Taker;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.message.Messages;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What else a batch writes, as one array a column. */
final class ConsequenceArrays {
    private ConsequenceArrays() {}

    /** Binds in the order of write-consequences.sql, the first at the index given. */
    static void bind(PreparedStatement statement, int index, Consequences consequences) throws SQLException {
        ArrayBinder handled = new ArrayBinder(statement, index);
        handled.texts(consequences.handled(), UUID::toString);
        ArrayBinder binder =
                new ArrayBinder(statement, Messages.bind(statement, handled.next(), consequences.messages()));
        bindEmitted(binder, consequences.emitted());
        bindSubscriptions(binder, List.copyOf(consequences.subscriptions().entrySet()));
        bindConsumed(binder, consequences.consumed());
        bindOutgoing(binder, consequences.outgoing());
        bindReports(binder, consequences.reports());
        bindSnapshots(binder, consequences.snapshots());
        binder.texts(consequences.forgotten(), UUID::toString);
    }

    private static void bindEmitted(ArrayBinder binder, List<CloudEventRow> emitted) throws SQLException {
        binder.texts(emitted, CloudEventRow::source);
        binder.texts(emitted, CloudEventRow::id);
        binder.texts(emitted, CloudEventRow::type);
        binder.texts(emitted, CloudEventRow::subject);
        binder.texts(emitted, CloudEventRow::envelope);
        binder.texts(
                emitted, event -> event.origin() == null ? null : event.origin().toString());
        binder.longs(emitted, event -> Micros.of(event.receivedAt()));
    }

    private static void bindSubscriptions(ArrayBinder binder, List<Map.Entry<Listener, List<SubscriptionRow>>> changed)
            throws SQLException {
        binder.texts(changed, entry -> entry.getKey().instance().toString());
        binder.longs(changed, entry -> entry.getKey().activation());
        binder.integers(changed, entry -> entry.getValue().size());
        List<SubscriptionRow> rows =
                changed.stream().flatMap(entry -> entry.getValue().stream()).toList();
        binder.texts(rows, row -> row.listener().instance().toString());
        binder.longs(rows, row -> row.listener().activation());
        binder.integers(rows, SubscriptionRow::ordinal);
        binder.integers(rows, SubscriptionRow::partition);
        binder.texts(rows, SubscriptionRow::type);
        binder.texts(rows, SubscriptionRow::shape);
        binder.texts(rows, SubscriptionRow::match);
        binder.longs(rows, row -> Micros.of(row.startedAt()));
    }

    private static void bindConsumed(ArrayBinder binder, List<Taker> consumed) throws SQLException {
        binder.longs(consumed.stream().map(Taker::position).sorted().distinct().toList(), position -> position);
        binder.longs(consumed, Taker::position);
        binder.texts(consumed, taker -> taker.instance().toString());
    }

    private static void bindOutgoing(ArrayBinder binder, List<OutgoingEventRow> outgoing) throws SQLException {
        binder.integers(outgoing, OutgoingEventRow::partition);
        binder.texts(outgoing, event -> event.instance().toString());
        binder.texts(outgoing, OutgoingEventRow::sink);
        binder.texts(outgoing, OutgoingEventRow::envelope);
    }

    private static void bindReports(ArrayBinder binder, List<ScheduleReport> reports) throws SQLException {
        binder.texts(reports, ScheduleReport::namespace);
        binder.texts(reports, ScheduleReport::name);
        binder.texts(reports, ScheduleReport::trigger);
        binder.texts(reports, report -> report.instance().toString());
        binder.longs(reports, report -> Micros.of(report.closedAt()));
    }

    private static void bindSnapshots(ArrayBinder binder, List<SnapshotRow> snapshots) throws SQLException {
        binder.texts(snapshots, snapshot -> snapshot.instance().toString());
        binder.longs(snapshots, SnapshotRow::sequence);
        binder.integers(snapshots, SnapshotRow::version);
        binder.texts(snapshots, SnapshotRow::state);
    }
}
