package io.orquestrax.sdk;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A gRPC server on a loopback port of its own, which can go down and come back at the same port. */
public final class TestingServer implements AutoCloseable {
    private final BindableService service;
    private final int maxInboundBytes;
    private Server server;
    private final int port;

    public TestingServer(BindableService service) {
        this(service, 4 << 20);
    }

    public TestingServer(BindableService service, int maxInboundBytes) {
        this.service = service;
        this.maxInboundBytes = maxInboundBytes;
        this.server = listen(0);
        this.port = server.getPort();
    }

    public String target() {
        return "localhost:" + port;
    }

    /** Drops every connection without a word, as a killed process does. */
    public void stop() {
        server.shutdownNow();
        try {
            if (!server.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Expected the server to stop, but it did not");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public void startAgain() {
        server = listen(port);
    }

    @Override
    public void close() {
        stop();
    }

    private Server listen(int wantedPort) {
        ServerBuilder<?> builder = Grpc.newServerBuilderForPort(wantedPort, InsecureServerCredentials.create())
                .addService(service)
                .maxInboundMessageSize(maxInboundBytes)
                .permitKeepAliveTime(1, TimeUnit.SECONDS);
        try {
            return builder.build().start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
