package io.orquestrax.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextToken opaque; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The first of the items, and a token where there are more.
     *
     * @param found one more than a page holds, if there are so many
     * @param token of the last item of the page
     */
    public static <T> Page<T> of(List<T> found, int pageSize, Function<T, String> token) {
        if (found.size() <= pageSize) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, pageSize);
        return new Page<>(items, token.apply(items.getLast()));
    }
}
