package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.schedule.ScheduledTrigger;
import io.orquestrax.store.Page;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looking at schedules, pausing, resuming and triggering them. */
final class ScheduleRoutes {
    private static final String ONE = "/schedules/{namespace}/{name}";

    private final Orchestration orchestration;

    ScheduleRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(
                        HttpMethod.GET, "/schedules", Set.of("namespace", "name", "pageSize", "pageToken"), this::list),
                new RestRoute(HttpMethod.GET, ONE, Set.of(), exchange -> answer(exchange, orchestration::schedule)),
                change("pause", orchestration::pauseSchedule),
                change("resume", orchestration::resumeSchedule),
                new RestRoute(HttpMethod.POST, ONE + ":trigger", Set.of(), this::trigger));
    }

    private CompletionStage<HttpResponse> list(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        Page<ScheduledTrigger> page = orchestration.schedules(
                exchange.caller(),
                exchange.query("namespace").orElse(null),
                exchange.query("name").orElse(null),
                exchange.pageSize(Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE),
                exchange.pageToken());
        return triggers(page.items(), page.nextToken());
    }

    private RestRoute change(String verb, Operation change) {
        return new RestRoute(HttpMethod.POST, ONE + ":" + verb, Set.of(), exchange -> {
            exchange.optionalBody().end();
            return answer(exchange, change);
        });
    }

    private CompletionStage<HttpResponse> trigger(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        RequestReader body = exchange.optionalBody();
        JsonNode input = body.payload("input").orElseGet(Json.NODES::objectNode);
        body.end();
        return orchestration
                .triggerSchedule(exchange.caller(), exchange.path("namespace"), exchange.path("name"), input)
                .thenApply(started -> Answers.created(
                        RestRoute.BASE + "/instances/" + started.instance().id(),
                        ResourceJson.instance(started.instance())));
    }

    private static CompletionStage<HttpResponse> answer(RestExchange exchange, Operation operation) {
        exchange.requireAccepts(Answers.JSON);
        return triggers(operation.on(exchange.caller(), exchange.path("namespace"), exchange.path("name")), null);
    }

    private static CompletionStage<HttpResponse> triggers(List<ScheduledTrigger> triggers, @Nullable String nextToken) {
        return Answers.ok(ResourceJson.page("schedules", triggers, ResourceJson::schedule, nextToken));
    }

    /** What is done with one definition's schedule. */
    private interface Operation {
        List<ScheduledTrigger> on(Caller caller, String namespace, String name);
    }
}
