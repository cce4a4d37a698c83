package io.orquestrax.server.event;

import java.net.URI;
import java.util.List;

/**
 * Where events go outside, by HTTP.
 *
 * @param types that it is sent; one may end with {@code *}; empty for all
 */
public record EventSink(String name, URI url, List<String> types) {

    public EventSink {
        types = List.copyOf(types);
    }

    boolean takes(String type) {
        return types.isEmpty() || types.stream().anyMatch(pattern -> matches(pattern, type));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
