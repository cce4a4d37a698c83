package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceReading;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.util.Optional;

/** What stands at URIs now, in JSON or YAML. */
record FetchedResources(Resources resources) implements ExternalResources {
    private static final int MAX_BYTES = 1024 * 1024;

    @Override
    public Optional<JsonNode> find(URI uri) throws UnavailableException {
        try {
            String text = resources.read(uri, Authorization.NONE, new CallSecrets(name -> Optional.empty()), MAX_BYTES);
            SourceReading reading = DocumentReader.read(text);
            if (!reading.problems().isEmpty()) {
                throw new UnavailableException("it is neither JSON nor YAML: "
                        + reading.problems().getFirst().message());
            }
            return Optional.of(reading.document().orElseThrow().root());
        } catch (ConnectorFailure failure) {
            throw new UnavailableException(
                    "it cannot be fetched: " + failure.error().detail());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the node is stopping");
        }
    }
}
