package io.orquestrax.dashboard.instances;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A list that somebody looks at: its rows change in place, what is new is only counted, and the counts of open
 * instances follow at most once a second.
 */
final class InstancesLive implements LiveView {
    /** What is new beyond this is said as "100+ new". */
    private static final int MOST_NEW = 100;
    /** Counting costs the database more than a row. */
    private static final Duration COUNTING_PAUSE = Duration.ofSeconds(1);

    private final Orchestration orchestration;
    private final Frames frames;
    private final Caller caller;
    private final InstancesQuery query;
    private final Set<UUID> shown;
    private final boolean isNewest;
    private final Instant opened;
    /** The newest in view; null where none is. */
    private final @Nullable String newest;

    private final Subscription subscription;
    private final Map<UUID, InstanceRow> changed = new ConcurrentHashMap<>();
    private final Set<UUID> fresh = ConcurrentHashMap.newKeySet();
    private final Map<UUID, InstanceLine> sent = new HashMap<>();
    private long sentFresh;
    private Map<Status, Long> sentCounts = Map.of();
    private Instant counted = Instant.EPOCH;
    private volatile boolean isCountStale = true;
    private volatile boolean isBehind = true;

    InstancesLive(
            Orchestration orchestration,
            CommitFeed commits,
            Frames frames,
            PageRequest request,
            InstancesQuery query,
            List<UUID> rows,
            boolean isNewest,
            Runnable signal) {
        this.orchestration = orchestration;
        this.frames = frames;
        this.caller = request.caller();
        this.query = query;
        this.shown = Set.copyOf(rows);
        this.isNewest = isNewest;
        this.opened = request.now();
        this.newest = rows.isEmpty() ? null : rows.getFirst().toString();
        this.subscription = commits.watchAll(
                change -> {
                    take(change);
                    signal.run();
                },
                () -> {
                    isBehind = true;
                    signal.run();
                });
    }

    /** On the committing thread. */
    private void take(InstanceChange change) {
        InstanceRow row = change.instance();
        isCountStale = true;
        if (shown.contains(row.id())) {
            changed.put(row.id(), row);
        } else {
            count(row);
        }
    }

    private void count(InstanceRow row) {
        if (isNewest && fresh.size() <= MOST_NEW && isAfterPage(row) && matches(row)) {
            fresh.add(row.id());
        }
    }

    /** Ids grow with time. */
    private boolean isAfterPage(InstanceRow row) {
        return newest == null
                ? !row.startedAt().isBefore(opened)
                : row.id().toString().compareTo(newest) > 0;
    }

    private boolean matches(InstanceRow row) {
        InstanceFilter filter = query.filter();
        return (filter.statuses().isEmpty() || filter.statuses().contains(row.status()))
                && (filter.namespace() == null
                        || filter.namespace().equals(row.definition().namespace()))
                && (filter.name() == null
                        || filter.name().equals(row.definition().name()))
                && (filter.key() == null || filter.key().equals(row.key()))
                && (filter.parent() == null
                        || row.origin() instanceof Origin.Parent parent
                                && parent.instance().equals(filter.parent()));
    }

    @Override
    public Duration putOff() {
        return isCountStale ? COUNTING_PAUSE : Duration.ZERO;
    }

    @Override
    public String changes() {
        Instant now = Instant.now();
        if (isBehind) {
            isBehind = false;
            isCountStale = true;
            catchUp();
        }
        StringBuilder html = new StringBuilder();
        appendRows(html, now);
        appendFresh(html);
        appendCounts(html, now);
        return html.toString();
    }

    /** What happened between the page and this connection, or while changes could not be told. */
    private void catchUp() {
        InstanceFilter filter = query.filter();
        if (isNewest) {
            orchestration.instances(caller, filter, MOST_NEW + 1, null).items().stream()
                    .filter(row -> !shown.contains(row.id()))
                    .forEach(this::count);
        }
        Set<UUID> missing = new HashSet<>(shown);
        if (!filter.statuses().isEmpty()) {
            filter = new InstanceFilter(Set.of(), filter.namespace(), filter.name(), filter.key(), filter.parent());
        }
        for (InstanceRow row :
                orchestration.instances(caller, filter, MOST_NEW, null).items()) {
            if (missing.remove(row.id())) {
                changed.putIfAbsent(row.id(), row);
            }
        }
        for (UUID id : missing) {
            try {
                changed.putIfAbsent(id, orchestration.instance(caller, id));
            } catch (ServiceException removed) {
                // The page keeps the row as it was.
            }
        }
    }

    private void appendRows(StringBuilder html, Instant now) {
        for (UUID id : Set.copyOf(changed.keySet())) {
            InstanceRow row = changed.remove(id);
            if (row == null) {
                continue;
            }
            InstanceLine line = InstanceLine.of(row);
            if (!line.equals(sent.put(id, line))) {
                html.append(frames.part("instances/row", Map.of("line", line, "now", now, "isLive", true)));
            }
        }
    }

    private void appendFresh(StringBuilder html) {
        long count = fresh.size();
        if (count != sentFresh) {
            sentFresh = count;
            html.append(frames.part(
                    "instances/fresh",
                    Map.of(
                            "count",
                            Math.min(count, MOST_NEW),
                            "isCapped",
                            count > MOST_NEW,
                            "href",
                            query.withToken(null).href(),
                            "isLive",
                            true)));
        }
    }

    private void appendCounts(StringBuilder html, Instant now) {
        if (!isCountStale || now.isBefore(counted.plus(COUNTING_PAUSE))) {
            return;
        }
        isCountStale = false;
        counted = now;
        Map<Status, Long> counts = orchestration.openCounts(caller);
        if (!counts.equals(sentCounts)) {
            sentCounts = counts;
            html.append(frames.part(
                    "instances/statuses", Map.of("statuses", StatusChoice.all(query, counts), "isLive", true)));
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
