package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.event.BinaryEvent;
import io.orquestrax.server.event.EventIntake;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Taking events in (CloudEvents 1.0, HTTP binding): structured, in a batch, or binary. */
final class EventRoutes {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String JSON = "application/json";

    private final Orchestration orchestration;

    EventRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(new RestRoute(HttpMethod.POST, "/events", Set.of(), this::publish));
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
