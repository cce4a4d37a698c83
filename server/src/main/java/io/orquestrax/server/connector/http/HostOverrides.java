package io.orquestrax.server.connector.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where connections for a host go instead: {@code petstore.swagger.io=http://127.0.0.1:8081}, or for one port of it
 * {@code petstore.swagger.io:443=…}. The request itself stays as it is.
 */
public record HostOverrides(Map<String, URI> origins) {
    public static final HostOverrides NONE = new HostOverrides(Map.of());

    /** What is expected of an entry. */
    public static final String EXPECTATION = "host=http://host:port or host=https://host:port";

    public HostOverrides {
        origins = Map.copyOf(origins);
    }

    /** Empty where an entry is none. */
    public static Optional<HostOverrides> parse(List<String> entries) {
        Map<String, URI> origins = new HashMap<>();
        for (String entry : entries) {
            int sign = entry.indexOf('=');
            Optional<URI> origin = sign < 1 ? Optional.empty() : origin(entry.substring(sign + 1));
            if (origin.isEmpty()) {
                return Optional.empty();
            }
            origins.put(HostRule.normalized(entry.substring(0, sign)), origin.get());
        }
        return Optional.of(new HostOverrides(origins));
    }

    private static Optional<URI> origin(String text) {
        try {
            URI uri = new URI(text);
            boolean isOrigin = uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
            return isOrigin ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    Optional<URI> find(String host, int port) {
        String name = HostRule.normalized(host);
        URI ofPort = origins.get(name + ":" + port);
        return Optional.ofNullable(ofPort == null ? origins.get(name) : ofPort);
    }
}
