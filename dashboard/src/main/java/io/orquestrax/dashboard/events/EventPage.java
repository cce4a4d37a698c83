package io.orquestrax.dashboard.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.event.EventView;
import io.orquestrax.store.cloudevent.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The page of one event.
 *
 * @param sentence what became of it
 * @param until when that ends, to be shown as a distance after the sentence; null where it does not
 * @param takers the first instances that took it or were started by it
 * @param moreTakers whether there may be more than those
 * @param data null where it has none
 * @param attributes the event without its data
 */
public record EventPage(
        StoredEvent event,
        Mark mark,
        String sentence,
        @Nullable Instant until,
        Instant keptUntil,
        List<UUID> takers,
        boolean moreTakers,
        @Nullable JsonView data,
        @Nullable JsonView attributes,
        @Nullable Notice notice) {

    /** Data of another event in an address, in bytes. */
    private static final long LONGEST_OFFERED = 1_000;

    public EventPage {
        takers = List.copyOf(takers);
    }

    public static EventPage of(EventView view, @Nullable Notice notice) {
        StoredEvent event = view.event();
        String raw = Address.rawEvent(event.position());
        JsonNode envelope = Json.readTrusted(Objects.requireNonNullElse(event.envelope(), "{}"));
        JsonNode data = envelope.get("data");
        if (envelope instanceof ObjectNode object) {
            object.remove("data");
        }
        return new EventPage(
                event,
                EventMark.of(view.state()),
                sentence(view),
                switch (view.state()) {
                    case WAITING, OFFERED -> view.keptUntil();
                    case PENDING, CONSUMED, EXPIRED -> null;
                },
                view.keptUntil(),
                view.takers(),
                event.taken() == StoredEvent.MOST_COUNTED,
                data == null ? null : JsonView.ofText(Json.write(data), raw),
                JsonView.ofText(Json.write(envelope), raw),
                notice);
    }

    /** With what this one says, but for its id. */
    public String publishAnotherHref() {
        return Address.of("/events/new")
                .with("type", event.type())
                .with("source", event.source())
                .with("subject", event.subject())
                .with("data", data == null || data.isCut() || data.size() > LONGEST_OFFERED ? null : data.text())
                .toString();
    }

    private static String sentence(EventView view) {
        StoredEvent event = view.event();
        return switch (view.state()) {
            case PENDING -> "It is stored, and is being brought to those who listen.";
            case WAITING -> "Nobody listened when it came. Who begins to listen still gets it; it expires";
            case OFFERED ->
                ShortText.count(event.offered(), "instance")
                        + " listened when it came, and none took it: what they wait for is not met by it, or they are not"
                        + " there yet. It expires";
            case CONSUMED -> consumed(event);
            case EXPIRED -> "Nobody took it in its time, and it is removed soon.";
        };
    }

    private static String consumed(StoredEvent event) {
        return event.taken() == 0
                ? "A schedule took it, and waits for other events before it starts an instance."
                : "It was taken by " + ReceivedLine.takers(event.taken()) + ", or started "
                        + (event.taken() == 1 ? "it." : "them.");
    }
}
