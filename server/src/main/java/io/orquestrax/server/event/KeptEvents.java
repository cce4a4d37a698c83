package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.store.cloudevent.CloudEvents;
import io.orquestrax.store.cloudevent.KeptEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events that messages bring, each read once while it is brought to many. */
public final class KeptEvents {
    private static final int MAX_REMEMBERED = 1_000;

    private final CloudEvents events;
    private final Duration kept;
    private final Clock clock;
    private final Map<Long, Envelope> recent;

    private record Envelope(JsonNode json, Instant receivedAt) {}

    /**
     * @param kept how long an event stays for listeners that come late
     */
    public KeptEvents(CloudEvents events, Duration kept, Clock clock) {
        this.events = events;
        this.kept = kept;
        this.clock = clock;
        this.recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Envelope> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }

    /**
     * Blocks where it must be read from the database.
     *
     * @return empty where it is kept no more
     */
    public Optional<ReceivedEvent> find(long position) {
        Envelope known = recent(position);
        if (known != null) {
            return Optional.of(received(position, known));
        }
        return events.find(position).map(this::received);
    }

    /** Of an event that was read already. */
    ReceivedEvent received(KeptEvent event) {
        Envelope read = new Envelope(Json.readTrusted(event.envelope()), event.receivedAt());
        remember(event.position(), read);
        return received(event.position(), read);
    }

    /** A message may come late; a second one for the same event would come soon after it, and must still be told. */
    private ReceivedEvent received(long position, Envelope envelope) {
        Instant now = clock.instant();
        Instant from = envelope.receivedAt().isAfter(now) ? envelope.receivedAt() : now;
        return new ReceivedEvent(position, from.plus(kept), envelope.json());
    }

    private synchronized @Nullable Envelope recent(long position) {
        return recent.get(position);
    }

    private synchronized void remember(long position, Envelope envelope) {
        recent.put(position, envelope);
    }
}
