package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.store.instance.EventRow;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the history, newest last.
 *
 * @param earlierHref null on the first page
 * @param laterHref null on the last page
 */
public record HistoryPanel(
        List<EventLine> lines,
        @Nullable String earlierHref,
        @Nullable String laterHref) {
    /** Events on a page. */
    public static final int PAGE = 100;

    public HistoryPanel {
        lines = List.copyOf(lines);
    }

    /**
     * @param after sequence number before the first event of the page
     * @param rows one more than a page where there are later ones
     */
    public static HistoryPanel of(UUID instance, long after, List<EventRow> rows) {
        boolean hasLater = rows.size() > PAGE;
        List<EventLine> lines = rows.stream().limit(PAGE).map(EventLine::of).toList();
        return new HistoryPanel(
                lines,
                after == 0 ? null : href(instance, Math.max(0, after - PAGE)),
                hasLater ? href(instance, after + PAGE) : null);
    }

    private static String href(UUID instance, long after) {
        return Address.of(Address.instance(instance)).with("after", String.valueOf(after)) + "#history";
    }
}
