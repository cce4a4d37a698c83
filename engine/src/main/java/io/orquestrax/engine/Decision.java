package io.orquestrax.engine;

import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import java.util.List;

/**
 * What follows from a command.
 *
 * @param events to be made durable, in order
 * @param effects to be performed once they are
 * @param reply to be given once they are
 * @param state after the events; the same as folding them over the state before
 */
public record Decision(List<RecordedEvent> events, List<Effect> effects, Reply reply, InstanceState state) {

    public Decision {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }
}
