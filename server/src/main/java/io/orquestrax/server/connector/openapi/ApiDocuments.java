package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceReading;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.KeptDocuments;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.server.connector.secret.Redaction;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Reads documents, and keeps those that need no authentication for a short time. Thread-safe. */
final class ApiDocuments {
    private final Resources resources;
    private final int maxBytes;
    private final KeptDocuments<ApiDocument> kept;

    ApiDocuments(Resources resources, int maxBytes, InstantSource clock) {
        this.resources = resources;
        this.maxBytes = maxBytes;
        this.kept = new KeptDocuments<>(clock);
    }

    ApiDocument read(Endpoint endpoint, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        Authorization authorization = resources.authentications().of(endpoint.authentication(), secrets);
        boolean isPublic = authorization == Authorization.NONE;
        Optional<ApiDocument> known = isPublic ? kept.find(endpoint.uri()) : Optional.empty();
        if (known.isPresent()) {
            return known.get();
        }
        String text = resources.read(endpoint.uri(), authorization, secrets, maxBytes);
        ApiDocument document = parse(endpoint.uri(), text, secrets.redaction());
        if (isPublic) {
            kept.keep(endpoint.uri(), document, text.length());
        }
        return document;
    }

    private static ApiDocument parse(URI source, String text, Redaction secrets) throws ConnectorFailure {
        if (text.stripLeading().startsWith("{")) {
            try {
                return new ApiDocument(source, Json.read(text));
            } catch (JsonProcessingException notJson) {
                throw InvalidDocument.document("Expected an OpenAPI document at " + source + ", but it is no JSON: "
                        + secrets.reason(text, notJson.getOriginalMessage()));
            }
        }
        SourceReading reading = DocumentReader.read(text);
        JsonNode root = reading.document()
                .map(document -> document.root())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> InvalidDocument.document("Expected an OpenAPI document in JSON or YAML at " + source
                        + ", but it is neither"
                        + reading.problems().stream()
                                .findFirst()
                                .map(problem -> ": " + secrets.reason(text, problem.message()))
                                .orElse(".")));
        return new ApiDocument(source, root);
    }
}
