package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.webhook.HookRequest;
import io.orquestrax.server.webhook.WebhookPreview;
import io.orquestrax.server.webhook.WebhookService;
import io.orquestrax.server.webhook.WebhookTally;
import io.orquestrax.store.Page;
import io.orquestrax.store.webhook.StoredWebhook;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeping webhooks, and the door that they are. */
final class WebhookRoutes {
    private static final String ONE = "/webhooks/{name}";

    private final Orchestration orchestration;

    WebhookRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(HttpMethod.GET, "/webhooks", Set.of("pageSize", "pageToken"), this::list),
                new RestRoute(HttpMethod.PUT, ONE, Set.of(), this::put),
                new RestRoute(HttpMethod.GET, ONE, Set.of(), this::read),
                new RestRoute(HttpMethod.DELETE, ONE, Set.of(), this::remove),
                enabling("enable", true),
                enabling("disable", false),
                new RestRoute(HttpMethod.POST, ONE + ":try", Set.of(), this::preview),
                RestRoute.withAnyQuery(HttpMethod.POST, "/hooks/{name}", this::receive));
    }

    private CompletionStage<HttpResponse> put(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        exchange.requireJson();
        JsonNode configuration = JsonText.parse(exchange.rawBody());
        String name = exchange.path("name");
        boolean isNew = orchestration.webhooks().put(exchange.caller(), name, configuration);
        ObjectNode json = json(orchestration.webhooks().find(name));
        return CompletableFuture.completedFuture(
                isNew
                        ? Answers.created(RestRoute.BASE + "/webhooks/" + name, json)
                        : Answers.json(HttpStatus.OK, json));
    }

    private CompletionStage<HttpResponse> read(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return Answers.ok(json(orchestration.webhooks().find(exchange.path("name"))));
    }

    private CompletionStage<HttpResponse> remove(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return Answers.ok(json(orchestration.webhooks().remove(exchange.caller(), exchange.path("name"))));
    }

    private RestRoute enabling(String verb, boolean enabled) {
        return new RestRoute(HttpMethod.POST, ONE + ":" + verb, Set.of(), exchange -> {
            exchange.requireAccepts(Answers.JSON);
            exchange.optionalBody().end();
            return Answers.ok(json(orchestration.webhooks().enable(exchange.caller(), exchange.path("name"), enabled)));
        });
    }

    private CompletionStage<HttpResponse> preview(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        String name = exchange.path("name");
        RequestReader given = exchange.optionalBody();
        Map<String, String> headers = new HashMap<>();
        given.textMap("headers").forEach((header, value) -> headers.put(header.toLowerCase(Locale.ROOT), value));
        HookRequest request = new HookRequest(
                headers,
                given.textMap("query"),
                given.payload("body").map(WebhookRoutes::bytes).orElse(new byte[0]));
        JsonNode configuration = given.payload("configuration")
                .orElseGet(() -> orchestration.webhooks().find(name).configuration());
        given.end();
        WebhookPreview preview = orchestration.webhooks().preview(name, configuration, request);
        ObjectNode json = Json.NODES.objectNode();
        json.put("taken", preview.refusal() == null && preview.mappingError() == null);
        if (preview.refusal() != null) {
            json.put("refusal", preview.refusal());
        }
        if (preview.mappingError() != null) {
            json.put("noEvent", preview.mappingError());
        }
        if (preview.event() != null) {
            json.set("event", preview.event());
        }
        return Answers.ok(json);
    }

    /** A text as it is; any other value as JSON. */
    private static byte[] bytes(JsonNode body) {
        return body.isTextual() ? body.textValue().getBytes(StandardCharsets.UTF_8) : Json.writeBytes(body);
    }

    private CompletionStage<HttpResponse> list(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        Page<StoredWebhook> page = orchestration
                .webhooks()
                .list(exchange.pageSize(Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE), exchange.pageToken());
        return Answers.ok(ResourceJson.page("webhooks", page.items(), this::json, page.nextToken()));
    }

    private CompletionStage<HttpResponse> receive(RestExchange exchange) {
        HookRequest request = new HookRequest(exchange.allHeaders(), exchange.allQuery(), exchange.rawBody());
        return orchestration.webhooks().receive(exchange.path("name"), request).thenApply(WebhookRoutes::answer);
    }

    private static HttpResponse answer(WebhookService.Received received) {
        ObjectNode json = Json.NODES.objectNode();
        if (received.events() == null) {
            json.set("challenge", received.challenge());
            return Answers.json(HttpStatus.OK, json);
        }
        json.put("accepted", received.events().accepted());
        json.put("duplicates", received.events().duplicates());
        return Answers.json(HttpStatus.ACCEPTED, json);
    }

    private ObjectNode json(StoredWebhook webhook) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("name", webhook.name());
        json.put("path", RestRoute.BASE + "/hooks/" + webhook.name());
        json.set("configuration", webhook.configuration());
        json.put("changedAt", webhook.changedAt().toString());
        json.put("changedBy", webhook.changedBy());
        WebhookTally tally = orchestration.webhooks().tally(webhook.name());
        ObjectNode received = json.putObject("received");
        received.put("accepted", tally.accepted())
                .put("duplicates", tally.duplicates())
                .put("refused", tally.refused());
        if (tally.lastAt() != null) {
            received.put("lastAt", tally.lastAt().toString());
        }
        if (tally.lastRefusal() != null) {
            received.put("lastRefusal", tally.lastRefusal());
        }
        return json;
    }
}
