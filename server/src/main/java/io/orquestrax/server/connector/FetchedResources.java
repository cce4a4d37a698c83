package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceReading;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.http.TimeLimit;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.server.connector.secret.SecretProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What stands at URIs now, in JSON or YAML; of the secrets that it takes to read it, none comes along. */
record FetchedResources(Resources resources, SecretProvider provider) implements ExternalResources {
    private static final int MAX_BYTES = 1024 * 1024;

    /** Whoever deploys a definition waits for it, and is to hear in time what it waited for. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Override
    public Optional<JsonNode> find(URI uri) throws UnavailableException {
        return find(uri, Json.NODES.missingNode());
    }

    @Override
    public Optional<JsonNode> find(URI uri, JsonNode authentication) throws UnavailableException {
        CallSecrets secrets = new CallSecrets(provider);
        try {
            JsonNode resolved = DeferredArguments.resolve(authentication, secrets, with -> Json.NODES.nullNode());
            Authorization authorization = resources.authentications().of(resolved.path("authentication"), secrets);
            String text = TimeLimit.run(LIMIT, () -> resources.read(uri, authorization, secrets, MAX_BYTES));
            SourceReading reading = DocumentReader.read(text);
            if (!reading.problems().isEmpty()) {
                throw new UnavailableException("it is neither JSON nor YAML: "
                        + secrets.redaction()
                                .reason(text, reading.problems().getFirst().message()));
            }
            return Optional.of(
                    secrets.redaction().mask(reading.document().orElseThrow().root()));
        } catch (TimeLimit.OverException over) {
            throw new UnavailableException("it did not come within " + LIMIT.toMillis() + " ms");
        } catch (IOException broken) {
            throw new UnavailableException(
                    "it cannot be fetched: " + secrets.redaction().mask(Causes.of(broken)));
        } catch (ConnectorFailure failure) {
            throw new UnavailableException("it cannot be fetched: "
                    + secrets.redaction().mask(String.valueOf(failure.error().detail())));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the node is stopping");
        }
    }
}
