package io.orquestrax.cli.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A path below /api/v1, encoded piece by piece. */
public final class Route {
    private final StringBuilder path = new StringBuilder();
    private final StringBuilder query = new StringBuilder();

    private Route() {}

    public static Route of(String... segments) {
        Route route = new Route();
        for (String segment : segments) {
            route.path.append('/').append(encode(segment));
        }
        return route;
    }

    /** What stands behind the last segment, with a colon: an action. */
    public Route action(String name) {
        path.append(':').append(name);
        return this;
    }

    /** Left out where the value is empty. */
    public Route with(String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encode(value));
        }
        return this;
    }

    String text() {
        return path.toString() + query;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
