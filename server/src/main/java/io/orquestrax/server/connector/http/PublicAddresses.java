package io.orquestrax.server.connector.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells addresses of the internet from those that mean this machine, its network, or nobody (the special-purpose
 * registries of IANA, RFC 6890).
 */
final class PublicAddresses {
    private static final List<Map.Entry<AddressRange, String>> NOT_PUBLIC = List.of(
            range("127.0.0.0/8", "of this machine (loopback)"),
            range("0.0.0.0/8", "of this machine"),
            range("10.0.0.0/8", "private"),
            range("172.16.0.0/12", "private"),
            range("192.168.0.0/16", "private"),
            range("100.64.0.0/10", "shared by a carrier"),
            range("169.254.0.0/16", "link-local"),
            range("192.0.0.0/24", "reserved"),
            range("192.0.2.0/24", "reserved for documentation"),
            range("192.88.99.0/24", "of a relay"),
            range("198.18.0.0/15", "reserved for measurements"),
            range("198.51.100.0/24", "reserved for documentation"),
            range("203.0.113.0/24", "reserved for documentation"),
            range("224.0.0.0/4", "multicast"),
            range("240.0.0.0/4", "reserved"),
            range("::/128", "of this machine"),
            range("::1/128", "of this machine (loopback)"),
            range("::/96", "reserved"),
            range("::ffff:0:0:0/96", "translated"),
            range("64:ff9b:1::/48", "translated"),
            range("100::/64", "reserved"),
            range("2001::/23", "reserved"),
            range("2001:db8::/32", "reserved for documentation"),
            range("2002::/16", "of a relay"),
            range("3fff::/20", "reserved for documentation"),
            range("5f00::/16", "reserved"),
            range("fc00::/7", "private"),
            range("fe80::/10", "link-local"),
            range("fec0::/10", "private"),
            range("ff00::/8", "multicast"));

    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

    private PublicAddresses() {}

    private static Map.Entry<AddressRange, String> range(String range, String description) {
        return Map.entry(AddressRange.of(range), description);
    }

    /** What the address is, as the end of "the address is …"; empty for one of the internet. */
    static Optional<String> reasonNotPublic(InetAddress address) {
        byte[] bytes = withoutTranslation(address);
        for (Map.Entry<AddressRange, String> range : NOT_PUBLIC) {
            if (range.getKey().contains(bytes)) {
                return Optional.of(range.getValue());
            }
        }
        return Optional.empty();
    }

    /** An IPv4 address that an IPv6 one stands for; Java itself does so with the mapped ones. */
    static byte[] withoutTranslation(InetAddress address) {
        byte[] bytes = address.getAddress();
        return NAT64.contains(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
