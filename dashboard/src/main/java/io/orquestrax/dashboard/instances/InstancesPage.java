package io.orquestrax.dashboard.instances;

import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.engine.Status;
import io.orquestrax.store.Page;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list of instances.
 *
 * @param definitions to choose from, {@code namespace/name}
 * @param olderHref null on the last page
 */
public record InstancesPage(
        InstancesQuery query,
        List<StatusChoice> statuses,
        List<String> definitions,
        List<InstanceLine> lines,
        @Nullable String olderHref,
        @Nullable Notice notice) {

    public InstancesPage {
        statuses = List.copyOf(statuses);
        definitions = List.copyOf(definitions);
        lines = List.copyOf(lines);
    }

    public static InstancesPage of(
            InstancesQuery query,
            Map<Status, Long> openCounts,
            List<String> definitions,
            Page<InstanceRow> rows,
            @Nullable Notice notice) {
        String next = rows.nextToken();
        return new InstancesPage(
                query,
                StatusChoice.all(query, openCounts),
                definitions,
                rows.items().stream().map(InstanceLine::of).toList(),
                next == null ? null : query.withToken(next).href(),
                notice);
    }

    public boolean isNewest() {
        return query.token() == null;
    }

    public String newestHref() {
        return query.withToken(null).href();
    }

    /** Where the changes of the rows in view are. */
    public String live() {
        return query.address("/instances/live")
                .with("rows", lines.stream().map(line -> line.id().toString()).collect(Collectors.joining(".")))
                .with("newest", isNewest() ? "true" : null)
                .toString();
    }
}
