package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import io.orquestrax.server.orchestration.Orchestration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Who serves and who works. */
final class ClusterRoutes {
    private final Orchestration orchestration;

    ClusterRoutes(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    List<RestRoute> all() {
        return List.of(
                new RestRoute(HttpMethod.GET, "/workers", Set.of(), this::workers),
                new RestRoute(HttpMethod.GET, "/cluster", Set.of(), this::cluster),
                drain("drain", false),
                drain("serve", true));
    }

    private RestRoute drain(String verb, boolean undo) {
        return new RestRoute(HttpMethod.POST, "/cluster/nodes/{id}:" + verb, Set.of(), exchange -> {
            exchange.requireAccepts(Answers.JSON);
            exchange.optionalBody().end();
            return Answers.ok(ResourceJson.cluster(orchestration.drain(exchange.caller(), exchange.path("id"), undo)));
        });
    }

    private CompletionStage<HttpResponse> workers(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return Answers.ok(
                ResourceJson.page("workers", orchestration.workers(exchange.caller()), ResourceJson::worker, null));
    }

    private CompletionStage<HttpResponse> cluster(RestExchange exchange) {
        exchange.requireAccepts(Answers.JSON);
        return Answers.ok(ResourceJson.cluster(orchestration.cluster(exchange.caller())));
    }
}
