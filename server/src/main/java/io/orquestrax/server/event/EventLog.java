package io.orquestrax.server.event;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.Page;
import io.orquestrax.store.cloudevent.EventFilter;
import io.orquestrax.store.cloudevent.EventQueries;
import io.orquestrax.store.cloudevent.StoredEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events that are kept, for those who look at them. Every call blocks. */
public final class EventLog {
    private static final int TAKERS = StoredEvent.MOST_COUNTED;

    private final EventQueries queries;
    private final Duration kept;
    private final Clock clock;

    /**
     * @param kept how long an event stays for listeners that come late
     */
    public EventLog(EventQueries queries, Duration kept, Clock clock) {
        this.queries = queries;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Newest first.
     *
     * @throws io.orquestrax.store.InvalidPageTokenException if the token is not of a list with this filter
     */
    public Page<EventView> list(EventFilter filter, int pageSize, @Nullable String pageToken) {
        Page<StoredEvent> page = queries.list(filter, pageSize, pageToken);
        return new Page<>(views(page.items()), page.nextToken());
    }

    /** Those of these positions that are still there, newest first. */
    public List<EventView> all(List<Long> positions) {
        return positions.isEmpty() ? List.of() : views(queries.all(positions));
    }

    /**
     * With its envelope and its takers.
     *
     * @throws ServiceException {@code event-not-found}
     */
    public EventView find(long position) {
        StoredEvent event = queries.find(position)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.EVENT_NOT_FOUND,
                        "Expected the position of an event that is kept, but there is none at " + position + "."));
        return EventView.of(event, keptUntil(event), queries.takers(position, TAKERS), clock.instant());
    }

    /** As {@link #find(long)}; source and id name one event. */
    public Optional<EventView> find(String source, String id) {
        return queries.find(source, id).map(event -> find(event.position()));
    }

    private List<EventView> views(List<StoredEvent> events) {
        Instant now = clock.instant();
        return events.stream()
                .map(event -> EventView.of(event, keptUntil(event), List.of(), now))
                .toList();
    }

    private Instant keptUntil(StoredEvent event) {
        return event.receivedAt().plus(kept);
    }
}
