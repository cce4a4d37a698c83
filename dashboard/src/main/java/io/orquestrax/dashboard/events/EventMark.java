package io.orquestrax.dashboard.events;

import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.engine.Status;
import io.orquestrax.server.event.EventView.State;

/** How pages show what became of an event. */
final class EventMark {
    private EventMark() {}

    static Mark of(State state) {
        return new Mark(tone(state), state.text());
    }

    /** Nothing goes wrong by an event that nobody takes, so none of them is red. */
    private static Status tone(State state) {
        return switch (state) {
            case PENDING -> Status.PENDING;
            case WAITING, OFFERED -> Status.WAITING;
            case CONSUMED -> Status.COMPLETED;
            case EXPIRED -> Status.CANCELLED;
        };
    }
}
