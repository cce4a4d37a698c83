package io.orquestrax.server.connector.authentication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.connector.http.IncomingResponse;
import io.orquestrax.server.connector.http.KeptDocuments;
import io.orquestrax.server.connector.http.OutgoingRequest;
import io.orquestrax.server.connector.http.Uris;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks an authority of OpenID Connect where it gives tokens (OpenID Connect Discovery 1.0). Thread-safe. */
final class Discovery {
    private static final String PLACE = "/.well-known/openid-configuration";
    private static final int MAX_BYTES = 256 * 1024;

    private final HttpSender sender;
    private final KeptDocuments<Provider> kept;

    /** What an authority says of itself. */
    record Provider(String issuer, URI tokenEndpoint) {}

    Discovery(HttpSender sender, InstantSource clock) {
        this.sender = sender;
        this.kept = new KeptDocuments<>(clock);
    }

    Provider find(SchemeFields fields, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        String authority = withoutSlash(fields.required("authority"));
        String base =
                authority.endsWith(PLACE) ? authority.substring(0, authority.length() - PLACE.length()) : authority;
        URI place = Uris.parse(base + PLACE, "the authority");
        Optional<Provider> known = kept.find(place);
        Provider provider = known.isPresent() ? known.get() : fetched(place, secrets);
        checkIssuer(provider, base, fields.texts("issuers"));
        return provider;
    }

    /** Somebody else's document would lead the client's credentials to somebody else. */
    private static void checkIssuer(Provider provider, String authority, List<String> issuers) throws ConnectorFailure {
        boolean isKnown = issuers.isEmpty()
                ? withoutSlash(provider.issuer()).equals(authority)
                : issuers.contains(provider.issuer());
        if (!isKnown) {
            throw ConnectorFailure.of(
                    StandardError.AUTHENTICATION,
                    "Issuer not accepted",
                    "Expected an authority with the issuer "
                            + (issuers.isEmpty() ? authority : String.join(" or ", issuers)) + ", but it names \""
                            + provider.issuer() + "\".");
        }
    }

    private Provider fetched(URI place, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        OutgoingRequest request = new OutgoingRequest("GET", place, Map.of("Accept", "application/json"), null);
        IncomingResponse response = sender.send(request, true, secrets.redaction(), MAX_BYTES);
        if (response.status() != 200) {
            throw ConnectorFailure.communication(
                    response.status(),
                    "Authority not found",
                    "Expected the configuration of an authority at " + place + ", but it answered " + response.status()
                            + ".");
        }
        Provider provider = parsed(place, response.text());
        kept.keep(place, provider, response.body().length);
        return provider;
    }

    private static Provider parsed(URI place, String text) throws ConnectorFailure {
        JsonNode document;
        try {
            document = Json.read(text);
        } catch (JsonProcessingException notJson) {
            document = Json.NODES.missingNode();
        }
        JsonNode issuer = document.path("issuer");
        JsonNode endpoint = document.path("token_endpoint");
        if (!issuer.isTextual() || !endpoint.isTextual()) {
            throw ConnectorFailure.communication(
                    "Malformed answer",
                    "Expected the configuration of an authority at " + place
                            + ", but it is no JSON with issuer and token_endpoint.");
        }
        return new Provider(issuer.textValue(), Uris.parse(endpoint.textValue(), "token_endpoint of the authority"));
    }

    private static String withoutSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
