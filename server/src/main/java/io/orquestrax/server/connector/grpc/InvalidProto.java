package io.orquestrax.server.connector.grpc;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;

/** Failures that a proto document, or a call that does not fit it, causes. */
final class InvalidProto {
    private InvalidProto() {}

    static ConnectorFailure document(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid proto document", detail);
    }

    static ConnectorFailure call(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid call", detail);
    }

    static ConnectorFailure arguments(String detail) {
        return ConnectorFailure.of(StandardError.VALIDATION, "Invalid arguments", detail);
    }
}
