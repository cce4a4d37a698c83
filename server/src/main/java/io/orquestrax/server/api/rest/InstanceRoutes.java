package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.api.RequestRules;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.OwnId;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.store.Page;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Starting, reading and acting on instances. */
final class InstanceRoutes {
    private final Orchestration orchestration;

    InstanceRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(HttpMethod.POST, "/instances", Set.of(), this::start),
                new RestRoute(
                        HttpMethod.GET,
                        "/instances",
                        Set.of("status", "namespace", "name", "key", "parent", "pageSize", "pageToken"),
                        this::list),
                new RestRoute(HttpMethod.GET, "/instances/{id}", Set.of(), this::read),
                new RestRoute(
                        HttpMethod.GET,
                        "/instances/{id}/history",
                        Set.of("afterSequence", "pageSize", "pageToken"),
                        this::history),
                new RestRoute(HttpMethod.GET, "/instances/{id}/activations", Set.of(), this::activations),
                new RestRoute(HttpMethod.GET, "/instances/{id}/result", Set.of("wait"), this::result),
                action("cancel", orchestration::cancel),
                action("suspend", orchestration::suspend),
                action("resume", orchestration::resume),
                action("retry", orchestration::retry));
    }

    private CompletionStage<HttpResponse> start(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return orchestration
                .start(exchange.caller(), startRequest(exchange.body()))
                .thenApply(started -> {
                    InstanceRow instance = started.instance();
                    return started.isNew()
                            ? Answers.created(
                                    RestRoute.BASE + "/instances/" + instance.id(), ResourceJson.instance(instance))
                            : Answers.json(HttpStatus.OK, ResourceJson.instance(instance));
                });
    }

    private static StartRequest startRequest(RequestReader body) {
        RequestReader definition = body.object("definition");
        StartRequest request = new StartRequest(
                definition.text("namespace"),
                definition.text("name"),
                definition.optionalText("version").orElse(null),
                body.optionalText("key").orElse(null),
                body.payload("input").orElseGet(Json.NODES::objectNode),
                body.textMap("tags"),
                // Any request may be a repetition: plain HTTP does not say.
                body.optionalText("id")
                        .map(id -> new OwnId(RequestRules.instanceId(id), true))
                        .orElse(null));
        definition.end();
        body.end();
        return request;
    }

    private CompletionStage<HttpResponse> list(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        InstanceFilter filter = RequestRules.check(new InstanceFilter(
                RequestRules.statuses(exchange.queryList("status")),
                exchange.query("namespace").orElse(null),
                exchange.query("name").orElse(null),
                exchange.query("key").orElse(null),
                exchange.query("parent").map(RequestRules::instanceId).orElse(null)));
        Page<InstanceRow> page = orchestration.instances(
                exchange.caller(),
                filter,
                exchange.pageSize(Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE),
                exchange.pageToken());
        return Answers.ok(ResourceJson.page("instances", page.items(), ResourceJson::instance, page.nextToken()));
    }

    private CompletionStage<HttpResponse> read(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return Answers.ok(ResourceJson.instance(orchestration.instance(exchange.caller(), exchange.instanceId())));
    }

    private CompletionStage<HttpResponse> history(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        UUID id = exchange.instanceId();
        int pageSize = exchange.pageSize(Limits.DEFAULT_HISTORY_PAGE_SIZE, Limits.HISTORY_PAGE_SIZE);
        // One more than asked tells whether there is a next page.
        List<EventRow> events = orchestration.history(exchange.caller(), id, afterSequence(exchange), pageSize + 1);
        List<EventRow> page = events.subList(0, Math.min(pageSize, events.size()));
        String nextToken =
                events.size() > pageSize ? Long.toString(page.getLast().sequence()) : null;
        return Answers.ok(ResourceJson.page("events", page, ResourceJson::event, nextToken));
    }

    /** A page token of a history is the last sequence number of the page before. */
    private static long afterSequence(RestExchange exchange) {
        String pageToken = exchange.pageToken();
        Optional<String> afterSequence = exchange.query("afterSequence");
        if (pageToken != null && afterSequence.isPresent()) {
            throw RequestReader.invalid("Expected pageToken or afterSequence, but got both");
        }
        if (pageToken != null) {
            return sequence(pageToken)
                    .orElseThrow(() -> new ServiceException(
                            ErrorCode.INVALID_PAGE_TOKEN,
                            "Expected a page token of an earlier answer, but got \"" + pageToken + "\""));
        }
        return afterSequence
                .map(text -> sequence(text)
                        .orElseThrow(() -> RequestReader.invalid(
                                "Expected a sequence number from 0 in query parameter afterSequence, but got \"" + text
                                        + "\"")))
                .orElse(0L);
    }

    private static Optional<Long> sequence(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(sequence -> sequence >= 0);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private CompletionStage<HttpResponse> activations(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return Answers.ok(ResourceJson.page(
                "activations",
                orchestration.activations(exchange.caller(), exchange.instanceId()),
                ResourceJson::activation,
                null));
    }

    private CompletionStage<HttpResponse> result(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        Duration asked = exchange.queryDuration("wait").orElse(Duration.ZERO);
        Duration wait = asked.compareTo(Limits.WAIT) < 0 ? asked : Limits.WAIT;
        exchange.context().setRequestTimeout(wait.plus(Limits.ANSWER_TIME));
        CompletableFuture<InstanceRow> closed = orchestration.await(exchange.caller(), exchange.instanceId(), wait);
        // A caller that goes away must not leave a watcher behind.
        exchange.context().whenRequestCancelled().thenRun(() -> closed.cancel(false));
        return closed.thenApply(instance -> Answers.json(
                instance.status().isClosed() ? HttpStatus.OK : HttpStatus.ACCEPTED, ResourceJson.instance(instance)));
    }

    private static RestRoute action(String verb, Action action) {
        return new RestRoute(HttpMethod.POST, "/instances/{id}:" + verb, Set.of(), exchange -> {
            exchange.requireAccepts(Answers.JSON);
            UUID id = exchange.instanceId();
            RequestReader body = exchange.optionalBody();
            String reason = body.optionalText("reason", Limits.REASON_LENGTH).orElse(null);
            body.end();
            return action.perform(exchange.caller(), id, reason)
                    .thenApply(instance -> Answers.json(HttpStatus.OK, ResourceJson.instance(instance)));
        });
    }

    /** One of the verbs that change an instance. */
    private interface Action {
        CompletableFuture<InstanceRow> perform(Caller caller, UUID id, @Nullable String reason);
    }
}
