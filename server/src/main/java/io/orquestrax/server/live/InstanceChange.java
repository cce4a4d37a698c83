package io.orquestrax.server.live;

import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was just committed for an instance.
 *
 * @param instance its row as of these events, without input and output
 * @param whole its row as of these events with input and output, made where it is asked for
 * @param events that were committed together, in order
 */
public record InstanceChange(InstanceRow instance, Supplier<InstanceRow> whole, List<EventRow> events) {

    public InstanceChange {
        events = List.copyOf(events);
    }

    public boolean isEnd() {
        return instance.status().isClosed();
    }
}
