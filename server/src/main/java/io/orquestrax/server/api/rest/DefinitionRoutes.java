package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.orchestration.Deployment;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.store.Page;
import io.orquestrax.store.definition.StoredDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Deploying, validating, listing and reading definitions. */
final class DefinitionRoutes {
    private final Orchestration orchestration;

    DefinitionRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(HttpMethod.POST, "/definitions", Set.of(), this::deploy),
                new RestRoute(HttpMethod.POST, "/definitions:validate", Set.of(), this::validate),
                new RestRoute(
                        HttpMethod.GET,
                        "/definitions",
                        Set.of("namespace", "name", "pageSize", "pageToken"),
                        this::list),
                new RestRoute(HttpMethod.GET, "/definitions/{namespace}/{name}/{version}", Set.of(), this::read));
    }

    private CompletionStage<HttpResponse> deploy(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        Deployment deployment = orchestration.deploy(exchange.caller(), document(exchange));
        ObjectNode json = Json.NODES.objectNode();
        json.set("definition", ResourceJson.definition(deployment.definition()));
        json.put("created", deployment.isNew());
        json.set("warnings", ResourceJson.array(deployment.warnings(), ResourceJson::violation));
        return CompletableFuture.completedFuture(
                deployment.isNew()
                        ? Answers.created(locationOf(deployment.definition().id()), json)
                        : Answers.json(HttpStatus.OK, json));
    }

    private CompletionStage<HttpResponse> validate(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        List<Problem> problems = orchestration.validate(exchange.caller(), document(exchange));
        ObjectNode json = Json.NODES.objectNode();
        json.put("valid", problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR));
        json.set("violations", ResourceJson.array(problems, ResourceJson::violation));
        return Answers.ok(json);
    }

    private CompletionStage<HttpResponse> list(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        Page<StoredDefinition> page = orchestration.definitions(
                exchange.caller(),
                exchange.query("namespace").orElse(null),
                exchange.query("name").orElse(null),
                exchange.pageSize(Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE),
                exchange.pageToken());
        return Answers.ok(ResourceJson.page("definitions", page.items(), ResourceJson::definition, page.nextToken()));
    }

    private CompletionStage<HttpResponse> read(RestExchange exchange) {
        boolean asText = !exchange.accepts(Answers.JSON) && exchange.accepts(Answers.YAML);
        if (!asText) {
            exchange.requireAccepts(Answers.JSON);
        }
        StoredDefinition definition = orchestration.definition(
                exchange.caller(),
                new DefinitionId(exchange.path("namespace"), exchange.path("name"), exchange.path("version")));
        return asText
                ? CompletableFuture.completedFuture(
                        Answers.text(Answers.YAML, definition.source().getBytes(StandardCharsets.UTF_8)))
                : Answers.ok(ResourceJson.definition(definition));
    }

    private static byte[] document(RestExchange exchange) {
        byte[] source = exchange.document();
        JsonText.decode(source);
        return source;
    }

    private static String locationOf(DefinitionId id) {
        return RestRoute.BASE + "/definitions/" + id;
    }
}
