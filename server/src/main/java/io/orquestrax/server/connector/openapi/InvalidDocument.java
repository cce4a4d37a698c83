package io.orquestrax.server.connector.openapi;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;

/** What is wrong with a call and its document, as the workflow sees it. */
final class InvalidDocument {
    private InvalidDocument() {}

    static ConnectorFailure document(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid OpenAPI document", detail);
    }

    static ConnectorFailure operation(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid OpenAPI call", detail);
    }

    static ConnectorFailure parameters(String detail) {
        return ConnectorFailure.of(StandardError.VALIDATION, "Invalid parameters", detail);
    }
}
