package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.net.URI;

/**
 * Where a call goes (DSL reference, Endpoint).
 *
 * @param authentication missing for none
 */
public record Endpoint(URI uri, JsonNode authentication) {

    /**
     * @param endpoint an object with uri and authentication, or the URI alone
     * @param what names the place in a message
     */
    public static Endpoint read(JsonNode endpoint, String what) throws ConnectorFailure {
        return read(endpoint, what, Uris::parse);
    }

    /** As the other one, of what is only read: it may be a file. */
    public static Endpoint ofResource(JsonNode endpoint, String what) throws ConnectorFailure {
        return read(endpoint, what, Uris::parseResource);
    }

    private interface UriReader {
        URI read(String text, String what) throws ConnectorFailure;
    }

    private static Endpoint read(JsonNode endpoint, String what, UriReader uris) throws ConnectorFailure {
        if (endpoint.isTextual()) {
            return new Endpoint(uris.read(endpoint.textValue(), what), MissingNode.getInstance());
        }
        JsonNode uri = endpoint.path("uri");
        if (!uri.isTextual()) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Invalid call",
                    "Expected " + what + " to have a text as its uri, but it has none.");
        }
        return new Endpoint(uris.read(uri.textValue(), what), endpoint.path("authentication"));
    }
}
