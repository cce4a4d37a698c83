package io.orquestrax.server.event;

import io.orquestrax.store.cloudevent.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * An event that is kept, as a reader sees it at one moment.
 *
 * @param keptUntil when it is forgotten, also by those who listen later
 * @param takers the first instances that took it or were started by it; none in a list, where only their number stands
 */
public record EventView(StoredEvent event, State state, Instant keptUntil, List<UUID> takers) {

    /** What became of an event so far. */
    public enum State {
        /** Stored, and not yet brought to those who listen. */
        PENDING,
        /** Nobody listened when it came; who begins to listen while it is kept still gets it. */
        WAITING,
        /** Instances listened, and none of them took it so far. */
        OFFERED,
        /** An instance or a schedule took it. */
        CONSUMED,
        /** Nobody took it in its time. */
        EXPIRED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EventView {
        takers = List.copyOf(takers);
    }

    static EventView of(StoredEvent event, Instant keptUntil, List<UUID> takers, Instant now) {
        return new EventView(event, state(event, keptUntil, now), keptUntil, takers);
    }

    /** As it stands in a list. */
    public EventView summary() {
        return new EventView(event.withoutEnvelope(), state, keptUntil, List.of());
    }

    private static State state(StoredEvent event, Instant keptUntil, Instant now) {
        if (event.isConsumed()) {
            return State.CONSUMED;
        }
        if (!event.isDelivered()) {
            return State.PENDING;
        }
        if (!keptUntil.isAfter(now)) {
            return State.EXPIRED;
        }
        return event.offered() > 0 ? State.OFFERED : State.WAITING;
    }
}
