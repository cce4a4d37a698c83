package io.orquestrax.dashboard.events;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveView;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.event.EventView;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The events that came in, newest first, and the page of one of them. */
public final class EventsScreen {
    private static final int PAGE_SIZE = 50;
    private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Notice REPEATED = new Notice(
            Notice.Kind.INFORMATION,
            "It had been published before",
            "An event of this source and id is kept already, so nothing has changed. Another event wants another id.",
            null);

    private final EventService events;
    private final ChangeFeed feed;
    private final Frames frames;

    public EventsScreen(EventService events, ChangeFeed feed, Frames frames) {
        this.events = events;
        this.feed = feed;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/events", this::list);
        routes.live("/events/live", this::live);
        routes.get("/events/{position}", this::show);
        routes.live("/events/{position}/live", this::liveOne);
        routes.nothingBelow("/events");
    }

    private PageReply list(PageRequest request) {
        EventsQuery query = query(request);
        EventsPage page = EventsPage.of(query, events.read(log -> log.list(query.filter(), PAGE_SIZE, query.token())));
        return PageReply.ok(frames.page(request, "Events", Section.EVENTS, page.live(), "events/page", page));
    }

    private LiveView live(PageRequest request, Runnable changed) {
        List<Long> shown = Arrays.stream(request.query("rows").split("\\."))
                .filter(position -> POSITION.matcher(position).matches())
                .limit(PAGE_SIZE)
                .map(Long::valueOf)
                .toList();
        boolean isNewest = request.query("newest").equals("true");
        return new EventsLive(events, feed, frames, query(request), shown, isNewest, changed);
    }

    private PageReply show(PageRequest request) {
        EventView view = find(request);
        EventPage page = EventPage.of(view, request.query("repeated").isEmpty() ? null : REPEATED);
        String live = Address.event(view.event().position()) + "/live";
        return PageReply.ok(frames.page(request, view.event().type(), Section.EVENTS, live, "events/event", page));
    }

    private LiveView liveOne(PageRequest request, Runnable changed) {
        find(request);
        return new EventLive(() -> EventPage.of(find(request), null), feed, frames, changed);
    }

    private EventView find(PageRequest request) {
        String text = request.path("position");
        if (!POSITION.matcher(text).matches()) {
            throw new ServiceException(
                    ErrorCode.EVENT_NOT_FOUND, "Expected the position of an event, but \"" + text + "\" is none.");
        }
        return events.read(log -> log.find(Long.parseLong(text)));
    }

    private static EventsQuery query(PageRequest request) {
        return new EventsQuery(request.query("type"), request.query("source"), request.queryOrNull("page"));
    }
}
