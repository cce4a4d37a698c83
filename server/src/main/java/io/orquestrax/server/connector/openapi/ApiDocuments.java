package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceReading;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Credentials;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.HttpCaller;
import io.orquestrax.server.connector.http.IncomingResponse;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fetches documents, and keeps those that need no authentication for a short time. Thread-safe. */
final class ApiDocuments {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final long MAX_KEPT_BYTES = 16L << 20;

    private final HttpCaller caller;
    private final int maxBytes;
    private final InstantSource clock;
    private final Map<URI, Kept> kept = new LinkedHashMap<>();
    private long keptBytes;

    private record Kept(ApiDocument document, int bytes, Instant until) {}

    ApiDocuments(HttpCaller caller, int maxBytes, InstantSource clock) {
        this.caller = caller;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    ApiDocument read(Endpoint endpoint, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        Optional<String> authorization = new Credentials(secrets).header(endpoint.authentication());
        if (authorization.isPresent()) {
            return parse(endpoint.uri(), caller.fetch(endpoint.uri(), authorization, secrets, maxBytes));
        }
        Optional<ApiDocument> known = known(endpoint.uri());
        if (known.isPresent()) {
            return known.get();
        }
        IncomingResponse response = caller.fetch(endpoint.uri(), authorization, secrets, maxBytes);
        ApiDocument document = parse(endpoint.uri(), response);
        keep(document, response.body().length);
        return document;
    }

    private synchronized Optional<ApiDocument> known(URI uri) {
        return Optional.ofNullable(kept.get(uri))
                .filter(each -> each.until().isAfter(clock.instant()))
                .map(Kept::document);
    }

    private synchronized void keep(ApiDocument document, int bytes) {
        Kept before = kept.remove(document.source());
        keptBytes += bytes - (before == null ? 0 : before.bytes());
        kept.put(document.source(), new Kept(document, bytes, clock.instant().plus(KEPT)));
        Iterator<Kept> oldest = kept.values().iterator();
        while (keptBytes > MAX_KEPT_BYTES && oldest.hasNext()) {
            keptBytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private static ApiDocument parse(URI source, IncomingResponse response) throws ConnectorFailure {
        String text = response.text();
        if (text.stripLeading().startsWith("{")) {
            try {
                return new ApiDocument(source, Json.read(text));
            } catch (JsonProcessingException notJson) {
                throw InvalidDocument.document("Expected an OpenAPI document at " + source + ", but it is no JSON: "
                        + notJson.getOriginalMessage());
            }
        }
        SourceReading reading = DocumentReader.read(text);
        JsonNode root = reading.document()
                .map(document -> document.root())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> InvalidDocument.document(
                        "Expected an OpenAPI document in JSON or YAML at " + source + ", but it is neither"
                                + reading.problems().stream()
                                        .findFirst()
                                        .map(problem -> ": " + problem.message())
                                        .orElse(".")));
        return new ApiDocument(source, root);
    }
}
