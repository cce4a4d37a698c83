package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.event.BinaryEvent;
import io.orquestrax.server.event.EventIntake;
import io.orquestrax.server.event.EventLog;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.event.EventView;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.Page;
import io.orquestrax.store.cloudevent.EventFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looking at events, and taking them in (CloudEvents 1.0, HTTP binding): structured, in a batch, or binary. */
final class EventRoutes {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String JSON = "application/json";

    private final Orchestration orchestration;

    EventRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(HttpMethod.POST, "/events", Set.of(), this::publish),
                new RestRoute(
                        HttpMethod.GET, "/events", Set.of("type", "source", "id", "pageSize", "pageToken"), this::list),
                new RestRoute(HttpMethod.GET, "/events/{position}", Set.of(), this::read));
    }

    private CompletionStage<HttpResponse> list(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        EventFilter filter = new EventFilter(
                exchange.query("type").orElse(null), exchange.query("source").orElse(null));
        int pageSize = exchange.pageSize(Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE);
        String pageToken = exchange.pageToken();
        String id = exchange.query("id").orElse(null);
        Page<EventView> page = orchestration
                .events()
                .read(log -> id == null ? log.list(filter, pageSize, pageToken) : named(log, filter, id));
        return Answers.ok(ResourceJson.page("events", page.items(), ResourceJson::receivedEvent, page.nextToken()));
    }

    /** An id is unique in its source only. */
    private static Page<EventView> named(EventLog log, EventFilter filter, String id) {
        String source = filter.source();
        if (source == null) {
            throw RequestReader.invalid("Expected source together with id, but there is no query parameter source");
        }
        return new Page<>(
                log
                        .find(source, id)
                        .filter(found -> filter.type() == null
                                || filter.type().equals(found.event().type()))
                        .map(EventView::summary)
                        .stream()
                        .toList(),
                null);
    }

    private CompletionStage<HttpResponse> read(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        String text = exchange.path("position");
        long position = position(text)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.INVALID_ID, "Expected the position of an event from 1, but got \"" + text + "\""));
        return Answers.ok(ResourceJson.receivedEvent(orchestration.events().read(log -> log.find(position))));
    }

    private static Optional<Long> position(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(position -> position >= 1);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private CompletionStage<HttpResponse> publish(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return published(exchange)
                .thenApply(accepted -> Answers.json(
                        HttpStatus.ACCEPTED,
                        Json.NODES
                                .objectNode()
                                .put("accepted", accepted.accepted())
                                .put("duplicates", accepted.duplicates())));
    }

    private CompletableFuture<EventIntake.Accepted> published(RestExchange exchange) {
        EventService events = orchestration.events();
        byte[] body = exchange.rawBody();
        String type = exchange.mediaType().orElse("");
        Map<String, String> attributes = exchange.headersWith(BinaryEvent.HEADER);
        switch (type) {
            case STRUCTURED -> {
                return events.publish(JsonText.parse(body));
            }
            case BATCH -> {
                return events.publishBatch(JsonText.parse(body));
            }
            default -> {
                if (!attributes.isEmpty()) {
                    return events.publish(BinaryEvent.read(
                            attributes, exchange.contentTypeText().orElse(null), body));
                }
                // Many a tool sends no other type for JSON.
                if (type.equals(JSON)) {
                    JsonNode json = JsonText.parse(body);
                    return json.isArray() ? events.publishBatch(json) : events.publish(json);
                }
                throw new ServiceException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Expected the Content-Type " + STRUCTURED + " or " + BATCH
                                + ", or attributes of the event in headers such as ce-type, but got "
                                + (type.isEmpty() ? "none" : "\"" + type + "\"") + ".");
            }
        }
    }
}
