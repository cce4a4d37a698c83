package io.orquestrax.server.peer;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.orquestrax.protocol.cluster.v1.PeerServiceGrpc;
import java.time.Duration;
import java.util.Optional;

/** Opens streams to other nodes. */
final class PeerClient implements AutoCloseable {
    /** A machine that vanished leaves a connection that nobody closes; without an answer to this one it ends. */
    static final Duration PING_INTERVAL = Duration.ofSeconds(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** A stream begins late where all threads are busy, and that is no reason to give it up. */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

    private final ClientFactory factory;
    private final String scheme;

    PeerClient(Optional<PeerTls> tls) {
        ClientFactoryBuilder builder = ClientFactory.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .idleTimeoutMillis(0)
                .pingInterval(PING_INTERVAL);
        tls.ifPresent(keys -> keys.prove(builder));
        this.factory = builder.build();
        this.scheme = tls.isPresent() ? "gproto+h2" : "gproto+h2c";
    }

    /**
     * Returns at once.
     *
     * @param address host:port
     */
    void open(String address, OutgoingLink link) {
        PeerServiceGrpc.PeerServiceStub stub = GrpcClients.builder(scheme + "://" + address + "/")
                .factory(factory)
                .responseTimeoutMillis(0)
                .writeTimeout(WRITE_TIMEOUT)
                .maxResponseLength(0)
                .maxResponseMessageLength(LinkLimits.MAX_FRAME_BYTES)
                .maxRequestMessageLength(LinkLimits.MAX_FRAME_BYTES)
                .build(PeerServiceGrpc.PeerServiceStub.class);
        var _ = stub.link(link);
    }

    @Override
    public void close() {
        var _ = factory.closeAsync();
    }
}
