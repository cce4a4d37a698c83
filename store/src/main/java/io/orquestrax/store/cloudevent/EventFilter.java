package io.orquestrax.store.cloudevent;

import org.jspecify.annotations.Nullable;

/**
 * Which events a list shows.
 *
 * @param type as a whole; null for all
 * @param source as a whole; null for all
 */
public record EventFilter(@Nullable String type, @Nullable String source) {
    public static final EventFilter ALL = new EventFilter(null, null);
}
