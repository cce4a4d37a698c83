package io.orquestrax.server.connector.http;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which hosts may be called: those of the internet, and those that an operator allowed.
 *
 * <p>A refused entry wins over an allowed one, but for {@code *}, which refuses what is not allowed. A name that is
 * allowed may have any address.
 */
public record HostRule(List<HostPattern> allowed, List<HostPattern> refused) {

    public HostRule {
        allowed = List.copyOf(allowed);
        refused = List.copyOf(refused);
    }

    /** Empty where one of the entries is no pattern. */
    public static Optional<List<HostPattern>> patterns(List<String> entries) {
        List<HostPattern> patterns = new ArrayList<>();
        for (String entry : entries) {
            HostPattern.parse(entry).ifPresent(patterns::add);
        }
        return patterns.size() == entries.size() ? Optional.of(patterns) : Optional.empty();
    }

    /** The addresses, of those that the host has, that may be connected to. */
    List<InetAddress> permitted(String host, int port, List<InetAddress> addresses) throws ConnectorFailure {
        String name = normalized(host);
        if (isOn(refused, pattern -> !isAny(pattern) && pattern.matchesName(name, port))) {
            throw refusal(host, port, "the host is refused by connectors.http.hosts.refused");
        }
        List<InetAddress> permitted = new ArrayList<>();
        Optional<String> reason = Optional.empty();
        for (InetAddress address : addresses) {
            Optional<String> against = reasonAgainst(name, port, address);
            if (against.isEmpty()) {
                permitted.add(address);
            } else if (reason.isEmpty()) {
                reason = against;
            }
        }
        if (permitted.isEmpty()) {
            throw refusal(host, port, reason.orElse("it has no address"));
        }
        return permitted;
    }

    private Optional<String> reasonAgainst(String name, int port, InetAddress address) {
        String shown = "its address " + address.getHostAddress() + " is ";
        if (isOn(refused, pattern -> !isAny(pattern) && pattern.matchesAddress(address, port))) {
            return Optional.of(shown + "refused by connectors.http.hosts.refused");
        }
        if (isOn(allowed, pattern -> pattern.matchesName(name, port) || pattern.matchesAddress(address, port))) {
            return Optional.empty();
        }
        if (isOn(refused, HostRule::isAny)) {
            return Optional.of("it is not among connectors.http.hosts.allowed");
        }
        return PublicAddresses.reasonNotPublic(address).map(shown::concat);
    }

    static String normalized(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isAny(HostPattern pattern) {
        return pattern instanceof HostPattern.Any;
    }

    private static boolean isOn(List<HostPattern> patterns, Predicate<HostPattern> test) {
        return patterns.stream().anyMatch(test);
    }

    private static ConnectorFailure refusal(String host, int port, String reason) {
        return ConnectorFailure.of(
                StandardError.AUTHORIZATION,
                "Host not allowed",
                "Expected a host that may be called, but " + host + ":" + port + " may not: " + reason
                        + ". An operator allows hosts with connectors.http.hosts.allowed.");
    }
}
