package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Destination;
import io.orquestrax.server.connector.http.Destinations;
import java.net.InetAddress;

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
     * @throws ConnectorFailure where it may not, or its certificate could not be checked
     */
    Place of(Target target) throws ConnectorFailure, InterruptedException {
        if (target.isTls()) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "TLS not supported here",
                    "Expected a server without TLS, which " + target.protocol().word() + " has here only so far, but "
                            + target.server() + " wants it.");
        }
        Destination destination = destinations.of("http", target.server().getHost(), target.port());
        InetAddress address = destination.addresses().stream()
                .findFirst()
                .orElseThrow(() -> ConnectorFailure.communication(
                        "Host not found", "Expected " + target.server() + " to have an address, but it has none."));
        return new Place(address, destination.port());
    }

    static ConnectorFailure broken(Target target, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return ConnectorFailure.communication(
                "Broker failed", "Expected " + target + " to take part, but: " + reason + ".");
    }
}
