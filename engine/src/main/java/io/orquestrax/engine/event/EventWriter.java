package io.orquestrax.engine.event;

import org.jspecify.annotations.Nullable;

/** Builds the data of one event; absent values leave no trace. */
final class EventWriter extends FieldWriter {

    EventWriter opening(Event.Opening event, @Nullable String kind) {
        if (event.parent() != 0) {
            with("parent", event.parent());
        }
        with("kind", kind);
        return this;
    }

    FieldWriter act(String by, @Nullable String reason) {
        return with("by", by).with("reason", reason);
    }
}
