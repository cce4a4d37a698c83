package io.orquestrax.server.live;

import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;

/**
 * What was just committed for an instance.
 *
 * @param instance its row as of these events, without input and output
 * @param events that were committed together, in order
 */
public record InstanceChange(InstanceRow instance, List<EventRow> events) {

    public InstanceChange {
        events = List.copyOf(events);
    }
}
