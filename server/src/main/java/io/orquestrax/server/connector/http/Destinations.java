package io.orquestrax.server.connector.http;

import io.orquestrax.server.connector.ConnectorFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Finds out where the request for a URI goes, and whether it may. */
public record Destinations(HostRule rule, HostOverrides overrides, Addresses addresses) {

    Destination of(URI uri) throws ConnectorFailure, InterruptedException {
        return of(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    /**
     * @param scheme http or https
     * @param givenPort negative for the scheme's own
     * @throws ConnectorFailure where the host is unknown, or may not be called
     */
    public Destination of(String scheme, String host, int givenPort) throws ConnectorFailure, InterruptedException {
        int port = Uris.port(scheme, givenPort);
        Optional<URI> override = overrides.find(host, port);
        if (override.isPresent()) {
            URI origin = override.get();
            return new Destination(origin.getScheme(), origin.getHost(), Uris.port(origin), lookUp(origin.getHost()));
        }
        return new Destination(scheme, host, port, rule.permitted(host, port, lookUp(host)));
    }

    private List<InetAddress> lookUp(String host) throws ConnectorFailure, InterruptedException {
        try {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return addresses.of(bare);
        } catch (UnknownHostException unknown) {
            throw ConnectorFailure.communication(
                    "Host not found",
                    "Expected the host " + host + " to have an address, but no name server knows it.");
        }
    }
}
