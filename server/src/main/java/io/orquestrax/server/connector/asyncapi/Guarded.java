package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.Causes;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Destination;
import io.orquestrax.server.connector.http.Destinations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Finds out at which address a broker may be connected to, by the rule for hosts. */
record Guarded(Destinations destinations) {

    /** A checked address, and the port. */
    record Place(InetAddress address, int port) {
        /** As the authority of a URI. */
        String authority() {
            String text = address.getHostAddress();
            return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
        }
    }

    /**
     * @throws ConnectorFailure where it may not
     */
    Place of(Target target) throws ConnectorFailure, InterruptedException {
        return of(target.server().getHost(), target.port());
    }

    /**
     * @throws ConnectorFailure where it may not
     */
    Place of(String host, int port) throws ConnectorFailure, InterruptedException {
        Destination destination = destinations.of("http", host, port);
        InetAddress address = destination.addresses().stream()
                .findFirst()
                .orElseThrow(() -> ConnectorFailure.communication(
                        "Host not found", "Expected " + host + " to have an address, but it has none."));
        return new Place(named(host, address), destination.port());
    }

    /** The same address under the name that a certificate is checked against. */
    private static InetAddress named(String host, InetAddress address) {
        try {
            return InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ConnectorFailure broken(Target target, Throwable cause) {
        Throwable reason = cause;
        String title = "Broker failed";
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                title = "TLS failed";
                reason = each;
            } else if (each instanceof TimeoutException) {
                title = "Call timed out";
            }
        }
        return ConnectorFailure.communication(
                title,
                "Expected the broker at " + target.server() + " to serve \"" + target.address() + "\", but: "
                        + Causes.of(reason) + ".");
    }
}
