package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.ProblemDetails;
import io.orquestrax.server.node.Readiness;

/** Whether the process lives ({@code /healthz}) and whether it can serve ({@code /readyz}). */
public final class HealthRoutes {
    private final Readiness readiness;

    public HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    public void open(ServerBuilder server) {
        server.route().get("/healthz").head("/healthz").build((context, request) -> status("up"));
        server.route().get("/readyz").head("/readyz").build(this::ready);
    }

    private HttpResponse ready(ServiceRequestContext context, HttpRequest request) {
        return readiness
                .reasonNotReady()
                .map(reason -> Answers.problem(new ProblemDetails(ErrorCode.UNAVAILABLE, reason), context.path(), null)
                        .toHttpResponse())
                .orElseGet(() -> status("ready"));
    }

    private static HttpResponse status(String status) {
        return Answers.json(HttpStatus.OK, Json.NODES.objectNode().put("status", status));
    }
}
