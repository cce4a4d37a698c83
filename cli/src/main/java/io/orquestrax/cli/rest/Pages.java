package io.orquestrax.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Walks through a list that the server hands out in pages. */
public final class Pages {
    private static final int LARGEST_PAGE = 100;

    private Pages() {}

    /**
     * @param route makes the list's address anew for each page
     * @param member where the items stand in the answer
     * @param limit at most so many items
     * @return whether there is more
     */
    public static boolean each(
            RestApi api, Supplier<Route> route, String member, long limit, Consumer<JsonNode> consumer) {
        String token = "";
        long left = limit;
        do {
            String size = String.valueOf(Math.min(left, LARGEST_PAGE));
            JsonNode page = api.get(route.get().with("pageSize", size).with("pageToken", token));
            for (JsonNode item : page.path(member)) {
                if (left == 0) {
                    return true;
                }
                consumer.accept(item);
                left--;
            }
            token = page.path("nextPageToken").asText("");
        } while (left > 0 && !token.isEmpty());
        return !token.isEmpty();
    }
}
