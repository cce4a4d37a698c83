package io.orquestrax.sdk;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the nodes of a cluster: immutable, each method answers a changed copy.
 *
 * @param addresses {@code host:port} each, at least one
 * @param tls plaintext where false
 * @param trust PEM file with the certificates to trust; null for the platform's
 * @param maxInboundBytes largest message that is taken from the server
 */
public record ChannelSettings(
        List<String> addresses,
        boolean tls,
        @Nullable Path trust,
        List<ClientInterceptor> interceptors,
        int maxInboundBytes) {
    private static final int DEFAULT_MAX_INBOUND_BYTES = 64 << 20;
    /** The shortest that gRPC allows. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 3;

    public ChannelSettings {
        addresses = List.copyOf(addresses);
        interceptors = List.copyOf(interceptors);
    }

    /**
     * The settings for a target, with defaults for the rest.
     *
     * @param target {@code host:port}, {@code http://host:port}, or {@code https://host:port} for TLS; several nodes of
     *     one cluster are separated by commas
     * @throws IllegalArgumentException where it is none of these, or asks for TLS at some of the nodes only
     */
    public static ChannelSettings of(String target) {
        Set<String> addresses = new LinkedHashSet<>();
        Set<Boolean> tls = new HashSet<>();
        for (String each : target.split(",", -1)) {
            tls.add(each.strip().startsWith("https://"));
            addresses.add(address(each, target));
        }
        if (tls.size() > 1) {
            throw new IllegalArgumentException("Expected TLS for all nodes or for none, but got \"" + target + "\"");
        }
        return new ChannelSettings(
                List.copyOf(addresses), tls.contains(true), null, List.of(), DEFAULT_MAX_INBOUND_BYTES);
    }

    private static String address(String each, String target) {
        String address = each.strip();
        if (address.startsWith("https://") || address.startsWith("http://")) {
            address = address.substring(address.indexOf("//") + 2);
        }
        if (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        if (!address.matches("(\\[[0-9a-fA-F:.%]+]|[^\\s/:\\[\\]]+):[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "Expected a target as host:port, http://host:port or https://host:port, but got \"" + target
                            + "\"");
        }
        return address;
    }

    /** The same way to one node. */
    public ChannelSettings at(String address) {
        return new ChannelSettings(List.of(address), tls, trust, interceptors, maxInboundBytes);
    }

    public ChannelSettings withTls(@Nullable Path trustedCertificates) {
        return new ChannelSettings(addresses, true, trustedCertificates, interceptors, maxInboundBytes);
    }

    public ChannelSettings withInterceptor(ClientInterceptor interceptor) {
        List<ClientInterceptor> changed = new ArrayList<>(interceptors);
        changed.add(interceptor);
        return new ChannelSettings(addresses, tls, trust, changed, maxInboundBytes);
    }

    public ChannelSettings withMaxInboundBytes(int bytes) {
        return new ChannelSettings(addresses, tls, trust, interceptors, bytes);
    }

    /** A new channel; it connects when it is first used, and goes on with another node where one is lost. */
    public ManagedChannel open() {
        return Grpc.newChannelBuilder(target(), credentials())
                .intercept(interceptors)
                .maxInboundMessageSize(maxInboundBytes)
                // Pings find a peer that is frozen; the timeout is also the socket's TCP_USER_TIMEOUT, which finds one
                // that is cut off as soon as anything is written.
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    private String target() {
        return addresses.size() == 1 ? addresses.getFirst() : NodeListResolver.target(addresses);
    }

    private ChannelCredentials credentials() {
        if (!tls) {
            return InsecureChannelCredentials.create();
        }
        if (trust == null) {
            return TlsChannelCredentials.create();
        }
        try {
            return TlsChannelCredentials.newBuilder()
                    .trustManager(trust.toFile())
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Expected certificates in " + trust + ", but it cannot be read", unreadable);
        }
    }
}
