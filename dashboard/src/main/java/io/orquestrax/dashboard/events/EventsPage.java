package io.orquestrax.dashboard.events;

import io.orquestrax.server.event.EventView;
import io.orquestrax.store.Page;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list of events.
 *
 * @param olderHref null on the last page
 */
public record EventsPage(
        EventsQuery query,
        List<ReceivedLine> lines,
        @Nullable String olderHref) {

    public EventsPage {
        lines = List.copyOf(lines);
    }

    public static EventsPage of(EventsQuery query, Page<EventView> events) {
        String next = events.nextToken();
        return new EventsPage(
                query,
                events.items().stream().map(ReceivedLine::of).toList(),
                next == null ? null : query.withToken(next).href());
    }

    public boolean isNewest() {
        return query.token() == null;
    }

    public String newestHref() {
        return query.withToken(null).href();
    }

    /** Where the changes of the rows in view are. */
    public String live() {
        return query.address("/events/live")
                .with(
                        "rows",
                        lines.stream()
                                .map(line -> Long.toString(line.position()))
                                .collect(Collectors.joining(".")))
                .with("newest", isNewest() ? "true" : null)
                .toString();
    }
}
