package io.orquestrax.engine;

import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.EventCodec;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the whole history again after every event, as a node does that has just taken over: nothing of what a decision
 * knew beside the history can then matter. An instance whose beginning it has not seen is folded as usual.
 */
final class RebuildingFold implements Folding {
    private final Map<UUID, List<RecordedEvent>> histories = Collections.synchronizedMap(new HashMap<>());

    @Override
    public InstanceState fold(InstanceState before, RecordedEvent event) {
        RecordedEvent read = new RecordedEvent(event.sequence(), event.time(), readBack(event.event()));
        List<RecordedEvent> history = histories.computeIfAbsent(before.id(), id -> new ArrayList<>());
        if (history.size() < before.sequence()) {
            return before.evolve(read);
        }
        // What was decided on before, and then refused, never happened.
        history.subList((int) before.sequence(), history.size()).clear();
        history.add(read);
        InstanceState rebuilt = InstanceState.unborn(before.id());
        for (RecordedEvent each : history) {
            rebuilt = rebuilt.evolve(each);
        }
        return rebuilt;
    }

    private static Event readBack(Event event) {
        Event.OfTask ofTask = event instanceof Event.OfTask task ? task : null;
        return EventCodec.decode(
                event.type(),
                ofTask == null ? null : ofTask.task(),
                ofTask == null ? 0 : ofTask.activation(),
                EventCodec.attemptOf(event),
                EventCodec.encode(event));
    }
}
