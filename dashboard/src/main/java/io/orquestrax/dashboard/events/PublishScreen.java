package io.orquestrax.dashboard.events;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Answers;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.event.EventIntake;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.event.EventView;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.Optional;
import java.util.UUID;

/** The page where an event is published. */
public final class PublishScreen {
    private final EventService events;
    private final Frames frames;

    public PublishScreen(EventService events, Frames frames) {
        this.events = events;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/events/new", request -> page(request, 200, offered(request)));
        routes.post("/events/new", this::publish);
    }

    /** What the address names, so that a link may offer an event. */
    private static PublishForm offered(PageRequest request) {
        return PublishForm.of(
                request.query("type"),
                request.query("source"),
                request.query("subject"),
                request.query("id"),
                request.query("data"));
    }

    private PageReply publish(PageRequest request) {
        PublishForm form = PublishForm.of(
                request.field("type").strip(),
                request.field("source").strip(),
                request.field("subject").strip(),
                request.field("id").strip(),
                request.field("data"));
        ObjectNode event;
        try {
            event = event(form, request);
        } catch (JsonProcessingException malformed) {
            return page(request, 400, form.withDataError(explain(malformed)));
        }
        try {
            EventIntake.Accepted accepted = Answers.await(events.publish(event));
            String id = event.path("id").asText();
            Optional<EventView> stored = events.read(log -> log.find(form.source(), id));
            return new PageReply.SeeOther(
                    stored.map(view -> Address.event(view.event().position())
                                    + (accepted.duplicates() > 0 ? "?repeated=true" : ""))
                            .orElse("/events"));
        } catch (ServiceException refused) {
            return page(request, refused.code().httpStatus(), form.withError(refused.detail()));
        }
    }

    private static ObjectNode event(PublishForm form, PageRequest request) throws JsonProcessingException {
        ObjectNode event = Json.NODES
                .objectNode()
                .put("specversion", "1.0")
                .put("id", form.id().isEmpty() ? UUID.randomUUID().toString() : form.id())
                .put("source", form.source())
                .put("type", form.type())
                .put("time", request.now().toString());
        if (!form.subject().isEmpty()) {
            event.put("subject", form.subject());
        }
        if (!form.data().isBlank()) {
            event.put("datacontenttype", "application/json").set("data", Json.read(form.data()));
        }
        return event;
    }

    private static String explain(JsonProcessingException malformed) {
        JsonLocation place = malformed.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? ""
                : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return "Expected one JSON value, but" + where + ": " + Json.reason(malformed);
    }

    private PageReply page(PageRequest request, int status, PublishForm form) {
        return new PageReply.Html(
                status, frames.page(request, "Publish an event", Section.EVENTS, null, "events/publish", form));
    }
}
