package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.webhook.HookRequest;
import io.orquestrax.server.webhook.WebhookService;
import io.orquestrax.store.Page;
import io.orquestrax.store.webhook.StoredWebhook;
import java.util.List;
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

    private CompletionStage<HttpResponse> list(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        Page<StoredWebhook> page = orchestration
                .webhooks()
                .list(exchange.pageSize(Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE), exchange.pageToken());
        return Answers.ok(ResourceJson.page("webhooks", page.items(), WebhookRoutes::json, page.nextToken()));
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

    private static ObjectNode json(StoredWebhook webhook) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("name", webhook.name());
        json.put("path", RestRoute.BASE + "/hooks/" + webhook.name());
        json.set("configuration", webhook.configuration());
        json.put("changedAt", webhook.changedAt().toString());
        json.put("changedBy", webhook.changedBy());
        return json;
    }
}
