package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.function.FunctionService;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.store.Page;
import io.orquestrax.store.function.StoredFunction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Deploying, listing and reading functions of the default catalog. */
final class FunctionRoutes {
    private static final String ONE = "/functions/{name}/{version}";

    private final Orchestration orchestration;

    FunctionRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(HttpMethod.GET, "/functions", Set.of("pageSize", "pageToken"), this::list),
                new RestRoute(HttpMethod.POST, ONE, Set.of(), this::deploy),
                new RestRoute(HttpMethod.GET, ONE, Set.of(), this::read),
                new RestRoute(HttpMethod.POST, ONE + ":retire", Set.of(), this::retire));
    }

    private CompletionStage<HttpResponse> deploy(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        String source = JsonText.decode(exchange.document());
        FunctionService.Deployed deployed = orchestration
                .functions()
                .deploy(exchange.caller(), exchange.path("name"), exchange.path("version"), source);
        ObjectNode json = json(deployed.function());
        return CompletableFuture.completedFuture(
                deployed.isNew()
                        ? Answers.created(
                                RestRoute.BASE + "/functions/"
                                        + deployed.function().name() + "/"
                                        + deployed.function().version(),
                                json)
                        : Answers.json(HttpStatus.OK, json));
    }

    private CompletionStage<HttpResponse> list(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        Page<StoredFunction> page = orchestration
                .functions()
                .list(exchange.pageSize(Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE), exchange.pageToken());
        return Answers.ok(ResourceJson.page("functions", page.items(), FunctionRoutes::json, page.nextToken()));
    }

    private CompletionStage<HttpResponse> read(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        StoredFunction function = orchestration.functions().find(exchange.path("name"), exchange.path("version"));
        ObjectNode json = json(function);
        ArrayNode callers = json.putArray("calledBy");
        for (DefinitionId caller : orchestration.functions().callers(function, Limits.PAGE_SIZE)) {
            callers.addObject()
                    .put("namespace", caller.namespace())
                    .put("name", caller.name())
                    .put("version", caller.version());
        }
        return Answers.ok(json);
    }

    private CompletionStage<HttpResponse> retire(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        exchange.optionalBody().end();
        return Answers.ok(json(orchestration.functions().retire(exchange.path("name"), exchange.path("version"))));
    }

    private static ObjectNode json(StoredFunction function) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("name", function.name()).put("version", function.version());
        json.put("contentHash", function.contentHash());
        if (!function.source().isEmpty()) {
            json.put("source", function.source());
        }
        json.put("deployedAt", function.deployedAt().toString()).put("deployedBy", function.deployedBy());
        if (function.retiredAt() != null) {
            json.put("retiredAt", function.retiredAt().toString());
        }
        return json;
    }
}
