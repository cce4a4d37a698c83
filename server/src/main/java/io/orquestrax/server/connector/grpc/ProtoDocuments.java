package io.orquestrax.server.connector.grpc;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.KeptDocuments;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Reads and links documents, and keeps those that need no authentication for a short time. Thread-safe. */
final class ProtoDocuments {
    private final Resources resources;
    private final int maxBytes;
    private final KeptDocuments<ProtoDocument> kept;

    /**
     * @param maxBytes of a document and what it imports, together
     */
    ProtoDocuments(Resources resources, int maxBytes, InstantSource clock) {
        this.resources = resources;
        this.maxBytes = maxBytes;
        this.kept = new KeptDocuments<>(clock);
    }

    ProtoDocument read(Endpoint endpoint, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        URI source = endpoint.uri();
        Authorization authorization = resources.authentications().of(endpoint.authentication(), secrets);
        boolean isPublic = authorization == Authorization.NONE;
        Optional<ProtoDocument> known = isPublic ? kept.find(source) : Optional.empty();
        if (known.isPresent()) {
            return known.get();
        }
        ProtoLinker linker =
                new ProtoLinker(source, (uri, limit) -> resources.read(uri, authorization, secrets, limit), maxBytes);
        ProtoDocument document = linker.link();
        if (isPublic) {
            kept.keep(source, document, linker.bytesRead());
        }
        return document;
    }
}
