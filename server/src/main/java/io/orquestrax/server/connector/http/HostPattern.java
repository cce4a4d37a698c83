package io.orquestrax.server.connector.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a list of hosts.
 *
 * <p>As text: {@code api.example.com}, {@code *.example.com} (every name below it), either with {@code :port}; an
 * address or a range such as {@code 10.1.0.0/16}, an address with {@code :port} ({@code [::1]:8080}); or {@code *}.
 */
public sealed interface HostPattern {
    /** What is expected of a text. */
    String EXPECTATION = "a host, host:port, *.domain, an address, a range such as 10.1.0.0/16, or *";

    boolean matchesName(String host, int port);

    boolean matchesAddress(InetAddress address, int port);

    static Optional<HostPattern> parse(String text) {
        if (text.equals("*")) {
            return Optional.of(new Any());
        }
        return Parts.of(text).flatMap(parts -> {
            Optional<AddressRange> range = AddressRange.parse(parts.host());
            if (range.isPresent()) {
                return Optional.of(new Range(range.get(), parts.port()));
            }
            return Name.FORM.matcher(parts.host()).matches()
                    ? Optional.of(new Name(parts.host().toLowerCase(Locale.ROOT), parts.port()))
                    : Optional.empty();
        });
    }

    record Any() implements HostPattern {
        @Override
        public boolean matchesName(String host, int port) {
            return true;
        }

        @Override
        public boolean matchesAddress(InetAddress address, int port) {
            return true;
        }
    }

    record Name(String name, OptionalInt port) implements HostPattern {
        private static final Pattern FORM = Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

        @Override
        public boolean matchesName(String host, int ofPort) {
            boolean matches = name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
            return matches && isPort(port, ofPort);
        }

        @Override
        public boolean matchesAddress(InetAddress address, int ofPort) {
            return false;
        }
    }

    record Range(AddressRange range, OptionalInt port) implements HostPattern {
        @Override
        public boolean matchesName(String host, int ofPort) {
            return false;
        }

        @Override
        public boolean matchesAddress(InetAddress address, int ofPort) {
            boolean matches = range.contains(address) || range.contains(PublicAddresses.withoutTranslation(address));
            return matches && isPort(port, ofPort);
        }
    }

    private static boolean isPort(OptionalInt expected, int port) {
        return expected.isEmpty() || expected.getAsInt() == port;
    }

    /** A host and what follows its last colon. */
    record Parts(String host, OptionalInt port) {
        private static final Pattern BRACKETED = Pattern.compile("\\[([^]]+)](?::(\\d{1,5}))?");
        private static final Pattern PLAIN = Pattern.compile("([^:]+):(\\d{1,5})");

        static Optional<Parts> of(String text) {
            Matcher bracketed = BRACKETED.matcher(text);
            if (bracketed.matches()) {
                return Optional.of(new Parts(bracketed.group(1), port(bracketed.group(2))));
            }
            Matcher plain = PLAIN.matcher(text);
            if (plain.matches()) {
                return Optional.of(new Parts(plain.group(1), port(plain.group(2))));
            }
            return text.isBlank() ? Optional.empty() : Optional.of(new Parts(text, OptionalInt.empty()));
        }

        private static OptionalInt port(String digits) {
            return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
        }
    }
}
