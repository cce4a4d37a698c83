package io.orquestrax.server.api;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import io.orquestrax.server.api.grpc.GrpcRoutes;
import io.orquestrax.server.api.rest.HealthRoutes;
import io.orquestrax.server.api.rest.RestRoutes;
import io.orquestrax.server.node.HttpDoor;
import io.orquestrax.server.node.NodeServices;

/** The users' doors: REST, gRPC, health and metrics on the node's one port. */
public final class ApiDoor implements HttpDoor {

    @Override
    public void open(ServerBuilder server, NodeServices services) {
        InstanceWatches watches = new InstanceWatches(services.orchestration(), services.commits(), services.work());
        long maxBodyBytes = services.settings().bodyMaxBytes();
        new RestRoutes(services.orchestration(), watches).open(server, maxBodyBytes);
        new GrpcRoutes(services.orchestration(), watches).open(server, maxBodyBytes);
        new HealthRoutes(services.readiness()).open(server);
        server.service(
                "/metrics", PrometheusExpositionService.of(services.meters().getPrometheusRegistry()));
        server.decorator(new BrowserGuard());
        server.disableServerHeader();
    }
}
