package io.orquestrax.engine;

import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;

/** How a decision comes from one state to the next. */
interface Folding {
    InstanceState fold(InstanceState before, RecordedEvent event);
}
