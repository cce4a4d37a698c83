package io.orquestrax.dashboard.events;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.server.event.EventView;
import io.orquestrax.store.cloudevent.StoredEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event in the list.
 *
 * @param outcome what became of it beside its state; empty where the state says it all
 * @param until when that ends, to be shown as a distance after the outcome; null where it does not
 */
public record ReceivedLine(
        long position,
        Mark mark,
        String type,
        String source,
        String id,
        @Nullable String subject,
        Instant receivedAt,
        String outcome,
        @Nullable Instant until) {

    public static ReceivedLine of(EventView view) {
        StoredEvent event = view.event();
        return new ReceivedLine(
                event.position(),
                EventMark.of(view.state()),
                event.type(),
                event.source(),
                event.id(),
                event.subject(),
                event.receivedAt(),
                outcome(view),
                switch (view.state()) {
                    case WAITING, OFFERED -> view.keptUntil();
                    case PENDING, CONSUMED, EXPIRED -> null;
                });
    }

    private static String outcome(EventView view) {
        StoredEvent event = view.event();
        return switch (view.state()) {
            case PENDING, EXPIRED -> "";
            case WAITING -> "nobody listened";
            case OFFERED -> "to " + ShortText.count(event.offered(), "instance") + ", none took it";
            case CONSUMED -> event.taken() == 0 ? "" : "by " + takers(event.taken());
        };
    }

    static String takers(int taken) {
        return taken == StoredEvent.MOST_COUNTED ? taken + " instances or more" : ShortText.count(taken, "instance");
    }

    public String href() {
        return Address.event(position);
    }
}
