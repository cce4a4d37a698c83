package io.orquestrax.server.api.grpc;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.orquestrax.server.api.InstanceWatches;
import io.orquestrax.server.orchestration.Orchestration;

/** The gRPC door, on the port that REST uses too. */
public final class GrpcRoutes {
    private final WorkflowEndpoint endpoint;

    public GrpcRoutes(Orchestration orchestration, InstanceWatches watches) {
        endpoint = new WorkflowEndpoint(orchestration, watches);
    }

    public void open(ServerBuilder server, long maxBodyBytes) {
        server.service(GrpcService.builder()
                .addService(endpoint)
                .exceptionHandler(new GrpcProblems())
                // Without JSON, whose marshallers take a good part of a node's start.
                .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                .maxRequestMessageLength((int) Math.min(maxBodyBytes, Integer.MAX_VALUE))
                .useBlockingTaskExecutor(true)
                .build());
    }
}
