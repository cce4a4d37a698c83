package io.orquestrax.server.connector.http;

import java.net.InetAddress;
import java.util.List;

/**
 * Where a connection goes.
 *
 * @param addresses to try in this order; checked, so that no other one may be connected to
 */
public record Destination(String scheme, String host, int port, List<InetAddress> addresses) {}
