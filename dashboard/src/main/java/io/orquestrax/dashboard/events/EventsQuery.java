package io.orquestrax.dashboard.events;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.store.cloudevent.EventFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the reader asked the list to show.
 *
 * @param type empty for all
 * @param source empty for all
 * @param token of the page; null for the newest
 */
public record EventsQuery(
        String type, String source, @Nullable String token) {

    public EventFilter filter() {
        return new EventFilter(type.isEmpty() ? null : type, source.isEmpty() ? null : source);
    }

    public boolean isFiltered() {
        return !type.isEmpty() || !source.isEmpty();
    }

    public EventsQuery withToken(@Nullable String other) {
        return new EventsQuery(type, source, other);
    }

    public String href() {
        return address("/events").with("page", token).toString();
    }

    Address address(String path) {
        return Address.of(path).with("type", type).with("source", source);
    }
}
