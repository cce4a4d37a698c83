package io.orquestrax.server.peer;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The port for other nodes, and for nobody else. */
public final class PeerDoor implements AutoCloseable {
    private final Server server;
    private final PeerEndpoint endpoint;

    private PeerDoor(Server server, PeerEndpoint endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * Listens when it returns.
     *
     * @param address port 0 for a free one
     * @throws IllegalStateException if the port is taken
     */
    public static PeerDoor open(InetSocketAddress address, Optional<PeerTls> tls, PeerLinks links) {
        PeerEndpoint endpoint = links.endpoint();
        ServerBuilder builder = Server.builder()
                .idleTimeoutMillis(0)
                .pingInterval(PeerClient.PING_INTERVAL)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .service(GrpcService.builder()
                        .addService(endpoint)
                        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                        .maxRequestMessageLength(LinkLimits.MAX_FRAME_BYTES)
                        .maxResponseMessageLength(LinkLimits.MAX_FRAME_BYTES)
                        .build());
        tls.ifPresentOrElse(
                keys -> {
                    builder.https(address);
                    keys.demand(builder);
                },
                () -> builder.http(address));
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException failed) {
            throw new IllegalStateException(
                    "Expected to listen for other nodes on " + address.getHostString() + ":" + address.getPort()
                            + ", but could not",
                    failed.getCause() == null ? failed : failed.getCause());
        }
        return new PeerDoor(server, endpoint);
    }

    /** The port it listens on, also where 0 was asked for. */
    public int port() {
        return server.activeLocalPort();
    }

    /** Ends the others' links; the port is free a little later. */
    @Override
    public void close() {
        var _ = stop();
    }

    /** As {@link #close}; completes when the port is free. */
    CompletableFuture<Void> stop() {
        endpoint.close();
        return server.stop();
    }
}
