package io.orquestrax.server.connector.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.Causes;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in words, and in the numbers of HTTP, why a call has no answer; what the server told stays in the error. */
record GrpcFailures(String call, ProtoJson json) {
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final int MAX_CAUSES = 20;

    ConnectorFailure of(Status status, Metadata trailers) {
        Optional<ConnectorFailure> unreachable = unreachable(status);
        if (unreachable.isPresent()) {
            return unreachable.get();
        }
        String code = status.getCode().name();
        String message = Objects.requireNonNullElse(status.getDescription(), "");
        ObjectNode grpc = Json.NODES.objectNode().put("code", code).put("message", message);
        details(trailers).ifPresent(details -> grpc.set("details", details));
        Map<String, JsonNode> members = new LinkedHashMap<>();
        members.put("grpc", grpc);
        boolean isLate = status.getCode() == Status.Code.DEADLINE_EXCEEDED;
        return new ConnectorFailure(new WorkflowError(
                StandardError.COMMUNICATION.type(),
                httpStatus(status.getCode()),
                null,
                isLate ? "Call timed out" : "gRPC " + code,
                "Expected " + call + " to be answered, but it failed with " + code
                        + (message.isEmpty() ? "." : ": " + message),
                members));
    }

    static boolean isUnauthenticated(ConnectorFailure failure) {
        JsonNode grpc = failure.error().members().get("grpc");
        return grpc != null && grpc.path("code").asText().equals(Status.Code.UNAUTHENTICATED.name());
    }

    /** Where there was no connection, nobody answered with a status: the library made it from what went wrong. */
    private Optional<ConnectorFailure> unreachable(Status status) {
        Throwable cause = status.getCause();
        Throwable known = null;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof SSLException || (cause instanceof IOException && !(known instanceof SSLException))) {
                known = cause;
            }
            cause = cause.getCause();
        }
        if (known == null) {
            return Optional.empty();
        }
        String title = known instanceof SSLException
                ? "TLS failed"
                : GrpcSender.isNotConnected(status) ? "Connection failed" : "Connection broken";
        return Optional.of(ConnectorFailure.communication(
                title, "Expected " + call + " to be answered, but: " + Causes.of(known) + "."));
    }

    private Optional<ArrayNode> details(Metadata trailers) {
        byte[] bytes = trailers.get(DETAILS);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            ArrayNode details = Json.NODES.arrayNode();
            com.google.rpc.Status.parseFrom(bytes).getDetailsList().forEach(each -> details.add(json.detail(each)));
            return Optional.of(details);
        } catch (InvalidProtocolBufferException malformed) {
            return Optional.empty();
        }
    }

    /** As gRPC's own gateways map them. */
    private static int httpStatus(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }
}
