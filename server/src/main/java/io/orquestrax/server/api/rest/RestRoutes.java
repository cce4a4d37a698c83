package io.orquestrax.server.api.rest;

import com.linecorp.armeria.server.ServerBuilder;
import io.orquestrax.server.api.InstanceWatches;
import io.orquestrax.server.orchestration.Orchestration;
import java.util.List;
import java.util.stream.Stream;

/** All routes of the REST door. */
public final class RestRoutes {
    private final List<RestRoute> routes;

    public RestRoutes(Orchestration orchestration, InstanceWatches watches) {
        routes = Stream.of(
                        new DefinitionRoutes(orchestration).all(),
                        new FunctionRoutes(orchestration).all(),
                        new InstanceRoutes(orchestration).all(),
                        new EventRoutes(orchestration).all(),
                        new WebhookRoutes(orchestration).all(),
                        new InstanceEvents(watches).all(),
                        new ScheduleRoutes(orchestration).all(),
                        new ClusterRoutes(orchestration).all(),
                        OpenApi.load().all())
                .flatMap(List::stream)
                .toList();
    }

    List<RestRoute> all() {
        return routes;
    }

    /** Also answers, as problem details, for everything that no route of the server takes. */
    public void open(ServerBuilder server, long maxBodyBytes) {
        for (RestRoute route : routes) {
            server.route()
                    .path(route.pathPattern())
                    .methods(route.methods())
                    .maxRequestLength(maxBodyBytes)
                    .build(new RestService(route));
        }
        server.errorHandler(new ErrorAnswers(routes));
    }
}
