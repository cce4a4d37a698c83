package io.orquestrax.server.connector.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;

/**
 * Where messages of an operation go, or come from.
 *
 * @param server with the scheme of its protocol, its host, and perhaps a port and a path
 * @param address of the channel: a topic, a subject, a path
 * @param bindings of the operation for the protocol; missing for none
 * @param channelBindings of the channel for the protocol; missing for none
 * @param logins the types of security schemes that the server asks for
 */
record Target(
        Protocol protocol,
        boolean isTls,
        URI server,
        String address,
        JsonNode bindings,
        JsonNode channelBindings,
        List<String> logins) {

    Target {
        logins = List.copyOf(logins);
    }

    int port() {
        return server.getPort() >= 0 ? server.getPort() : protocol.port(isTls);
    }

    @Override
    public String toString() {
        return address + " of " + server;
    }
}
