package io.orquestrax.server.peer;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.orquestrax.protocol.cluster.v1.PeerServiceGrpc;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens streams to other nodes. */
final class PeerClient implements AutoCloseable {
    /** A machine that vanished leaves a connection that nobody closes; without an answer to this one it ends. */
    static final Duration PING_INTERVAL = Duration.ofSeconds(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** A stream begins late where all threads are busy, and that is no reason to give it up. */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

    private final Optional<PeerTls> tls;
    private final String scheme;
    /** Made for the first stream: a good part of the start of a node that has no others. */
    private @Nullable ClientFactory factory;

    PeerClient(Optional<PeerTls> tls) {
        this.tls = tls;
        this.scheme = tls.isPresent() ? "gproto+h2" : "gproto+h2c";
    }

    /**
     * Returns at once.
     *
     * @param address host:port
     */
    void open(String address, OutgoingLink link) {
        PeerServiceGrpc.PeerServiceStub stub = GrpcClients.builder(scheme + "://" + address + "/")
                .factory(factory())
                .responseTimeoutMillis(0)
                .writeTimeout(WRITE_TIMEOUT)
                .maxResponseLength(0)
                .maxResponseMessageLength(LinkLimits.MAX_FRAME_BYTES)
                .maxRequestMessageLength(LinkLimits.MAX_FRAME_BYTES)
                .build(PeerServiceGrpc.PeerServiceStub.class);
        var _ = stub.link(link);
    }

    private synchronized ClientFactory factory() {
        ClientFactory made = factory;
        if (made == null) {
            ClientFactoryBuilder builder = ClientFactory.builder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .idleTimeoutMillis(0)
                    .pingInterval(PING_INTERVAL);
            tls.ifPresent(keys -> keys.prove(builder));
            made = builder.build();
            factory = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (factory != null) {
            var _ = factory.closeAsync();
        }
    }
}
