package io.orquestrax.server.partition;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.EventCodec;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Instances and their events, as the database holds them. */
public final class InstanceRows {
    private InstanceRows() {}

    /** With everything that the state knows. */
    public static InstanceRow whole(InstanceState state, int partition) {
        return row(state, partition, Json.write(state.input()), true);
    }

    /** What the journal writes: the input only at the birth, for it never changes. */
    static InstanceRow change(InstanceState state, int partition, boolean isBirth) {
        return row(state, partition, isBirth ? Json.write(state.input()) : null, true);
    }

    /** What watchers are told. */
    static InstanceRow withoutPayloads(InstanceState state, int partition) {
        return row(state, partition, null, false);
    }

    static EventRow event(UUID instance, RecordedEvent recorded) {
        Event event = recorded.event();
        boolean isOfTask = event instanceof Event.OfTask;
        return new EventRow(
                instance,
                recorded.sequence(),
                recorded.time(),
                event.type(),
                isOfTask ? ((Event.OfTask) event).task() : null,
                isOfTask ? ((Event.OfTask) event).activation() : 0,
                EventCodec.attemptOf(event),
                EventCodec.encode(event));
    }

    /** The event that a row of the history holds. */
    public static RecordedEvent recorded(EventRow row) {
        return new RecordedEvent(
                row.sequence(),
                row.time(),
                EventCodec.decode(row.type(), row.task(), row.activation(), row.attempt(), row.data()));
    }

    private static InstanceRow row(InstanceState state, int partition, @Nullable String input, boolean withResult) {
        return new InstanceRow(
                state.id(),
                partition,
                state.definition(),
                state.contentHash(),
                state.key(),
                state.status(),
                state.startedAt(),
                state.updatedAt(),
                state.closedAt().orElse(null),
                state.wakeAt().orElse(null),
                input,
                withResult ? state.output().map(Json::write).orElse(null) : null,
                state.error().map(error -> Json.write(error.toJson())).orElse(null),
                state.tags(),
                state.origin().orElse(null));
    }
}
