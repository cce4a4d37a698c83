package io.orquestrax.server.api;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orquestrax.server.api.grpc.GrpcRoutes;
import io.orquestrax.server.api.rest.HealthRoutes;
import io.orquestrax.server.api.rest.RestRoutes;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.node.HttpDoor;
import io.orquestrax.server.node.NodeServices;
import io.orquestrax.server.node.Readiness;
import io.orquestrax.server.orchestration.Orchestration;

/** The users' doors: REST, gRPC, health and metrics on the node's one port. */
public final class ApiDoor implements HttpDoor {

    @Override
    public void open(ServerBuilder server, NodeServices services) {
        open(server, services.orchestration(), services.commits(), services.readiness(), services.meters());
    }

    static void open(
            ServerBuilder server,
            Orchestration orchestration,
            CommitFeed commits,
            Readiness readiness,
            PrometheusMeterRegistry meters) {
        InstanceWatches watches = new InstanceWatches(orchestration, commits);
        new RestRoutes(orchestration, watches).open(server);
        new GrpcRoutes(orchestration, watches).open(server);
        new HealthRoutes(readiness).open(server);
        server.service("/metrics", PrometheusExpositionService.of(meters.getPrometheusRegistry()));
        server.decorator(new BrowserGuard());
        server.disableServerHeader();
    }
}
