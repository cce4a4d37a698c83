package io.orquestrax.sdk;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list of the server's that is fetched page by page while it is walked; each walk asks anew.
 *
 * <p>Walking throws {@link OrquestraxException} where a page cannot be had.
 */
public final class Pages<T> implements Iterable<T> {
    private final Function<String, Page<T>> fetch;

    Pages(Function<String, Page<T>> fetch) {
        this.fetch = fetch;
    }

    /**
     * @param nextToken empty on the last page
     */
    record Page<T>(List<T> items, String nextToken) {}

    /** The items, fetched as they are consumed. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** All items of all pages. */
    public List<T> toList() {
        return stream().toList();
    }

    @Override
    public Iterator<T> iterator() {
        return new Walk<>(fetch);
    }

    private static final class Walk<T> implements Iterator<T> {
        private final Function<String, Page<T>> fetch;
        private Iterator<T> items = List.<T>of().iterator();
        private @Nullable String nextToken = "";

        Walk(Function<String, Page<T>> fetch) {
            this.fetch = fetch;
        }

        @Override
        public boolean hasNext() {
            while (!items.hasNext() && nextToken != null) {
                Page<T> page = fetch.apply(nextToken);
                items = page.items().iterator();
                nextToken = page.nextToken().isEmpty() ? null : page.nextToken();
            }
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }
}
