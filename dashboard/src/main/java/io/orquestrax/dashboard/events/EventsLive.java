package io.orquestrax.dashboard.events;

import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.event.EventView;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A list of events that somebody looks at: its rows change in place, and what is new is only counted. */
final class EventsLive implements LiveView {
    /** What is new beyond this is said as "100+ new". */
    private static final int MOST_NEW = 100;

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** An event expires, and one comes over another node, without anybody telling. */
    private static final Duration PUT_OFF = Duration.ofSeconds(10);

    private final EventService events;
    private final Frames frames;
    private final EventsQuery query;
    private final List<Long> shown;
    private final boolean isNewest;
    private final Subscription subscription;
    private final Map<Long, ReceivedLine> sent = new HashMap<>();
    private long sentFresh;

    EventsLive(
            EventService events,
            ChangeFeed feed,
            Frames frames,
            EventsQuery query,
            List<Long> shown,
            boolean isNewest,
            Runnable changed) {
        this.events = events;
        this.frames = frames;
        this.query = query;
        this.shown = List.copyOf(shown);
        this.isNewest = isNewest;
        this.subscription = feed.watch(changed);
    }

    @Override
    public String changes() {
        StringBuilder html = new StringBuilder();
        Instant now = Instant.now();
        for (EventView view : events.read(log -> log.all(shown))) {
            ReceivedLine line = ReceivedLine.of(view);
            if (!line.equals(sent.put(line.position(), line))) {
                html.append(frames.part("events/row", Map.of("line", line, "now", now, "isLive", true)));
            }
        }
        appendFresh(html);
        return html.toString();
    }

    private void appendFresh(StringBuilder html) {
        long count = isNewest ? countFresh() : 0;
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

    /** Positions grow as events come. */
    private long countFresh() {
        long newest = shown.stream().mapToLong(position -> position).max().orElse(0);
        return events.read(log -> log.list(query.filter(), MOST_NEW + 1, null)).items().stream()
                .filter(view -> view.event().position() > newest)
                .count();
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public Duration putOff() {
        return PUT_OFF;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
