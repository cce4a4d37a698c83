package io.orquestrax.server.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Where others reach a door of this node. */
final class AdvertisedAddress {
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "[::]");

    private AdvertisedAddress() {}

    /**
     * @param advertised host or host:port; empty for the bind address, or for the machine's name where that is all
     * @param port that the door listens on
     * @return host:port
     */
    static String of(String advertised, String bindAddress, int port) {
        String host = advertised.isEmpty() ? hostOf(bindAddress) : advertised;
        return hasPort(host) ? host : bracketed(host) + ":" + port;
    }

    private static String hostOf(String bindAddress) {
        return ALL_ADDRESSES.contains(bindAddress) ? machine() : bindAddress;
    }

    private static boolean hasPort(String host) {
        return host.startsWith("[") ? host.contains("]:") : host.indexOf(':') >= 0 && !isPlainIpv6(host);
    }

    private static boolean isPlainIpv6(String host) {
        return host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
    }

    private static String bracketed(String host) {
        return isPlainIpv6(host) ? "[" + host + "]" : host;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
