package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ConnectorWork;
import io.orquestrax.server.connector.http.Authentications;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.HttpCaller;
import io.orquestrax.server.connector.http.OutputMode;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.time.InstantSource;

/** {@code call: openapi} (DSL reference, OpenAPI Call). */
public final class OpenApiConnector implements ConnectorWork {
    public static final String TYPE = "openapi";

    private final HttpCaller caller;
    private final Authentications authentications;
    private final ApiDocuments documents;

    /**
     * @param documentMaxBytes of a document
     */
    public OpenApiConnector(Resources resources, int documentMaxBytes, InstantSource clock) {
        this.caller = resources.caller();
        this.authentications = resources.authentications();
        this.documents = new ApiDocuments(resources, documentMaxBytes, clock);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Authorization authorization(JsonNode with, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        return authentications.of(with.path("authentication"), secrets);
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException {
        OutputMode output = OutputMode.read(with.path("output"));
        Endpoint endpoint = Endpoint.ofResource(with.path("document").path("endpoint"), "document/endpoint");
        JsonNode operationId = with.path("operationId");
        if (!operationId.isTextual()) {
            throw InvalidDocument.operation("Expected operationId to be a text, but it is not.");
        }
        ApiDocument document = documents.read(endpoint, secrets);
        HttpCaller.Call call = new OperationCall(document, operationId.textValue(), with.path("parameters"))
                .call(output, with.path("redirect").asBoolean(false));
        return caller.call(call, authorization(with, secrets), secrets, idempotencyKey);
    }
}
