package io.orquestrax.server.connector.http;

import io.orquestrax.server.connector.secret.Redaction;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes over the wire, but for what the client adds itself.
 *
 * @param headers by name, in the author's spelling
 */
public record OutgoingRequest(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    public OutgoingRequest {
        headers = Map.copyOf(headers);
    }

    /** Without a body. */
    OutgoingRequest(String method, URI uri, Map<String, String> headers) {
        this(method, uri, headers, null);
    }

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    OutgoingRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OutgoingRequest(method, uri, more, body);
    }

    static boolean isCredential(String header) {
        return CREDENTIALS.contains(header.toLowerCase(Locale.ROOT));
    }

    OutgoingRequest to(URI other) {
        return new OutgoingRequest(method, other, headers, body);
    }

    /** Without what only the first host may see. */
    OutgoingRequest withoutCredentials(Redaction secrets) {
        Map<String, String> kept = new LinkedHashMap<>(headers);
        kept.entrySet().removeIf(header -> isCredential(header.getKey()) || secrets.isSecret(header.getValue()));
        return new OutgoingRequest(method, uri, kept, body);
    }

    OutgoingRequest asGet() {
        Map<String, String> kept = new LinkedHashMap<>(headers);
        kept.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("content-"));
        return new OutgoingRequest("GET", uri, kept);
    }
}
