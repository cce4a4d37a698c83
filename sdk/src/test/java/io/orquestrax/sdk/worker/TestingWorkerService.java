package io.orquestrax.sdk.worker;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.v1.ServerMessage;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.protocol.v1.WorkerServiceGrpc;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The server's side of workers' streams; a test says what it answers. */
final class TestingWorkerService extends WorkerServiceGrpc.WorkerServiceImplBase {
    private final BlockingQueue<TestingConnection> connections = new LinkedBlockingQueue<>();
    private final boolean readsAtOnce;

    TestingWorkerService() {
        this(true);
    }

    /**
     * @param readsAtOnce false where the test says when the next message is read
     */
    TestingWorkerService(boolean readsAtOnce) {
        this.readsAtOnce = readsAtOnce;
    }

    @Override
    public StreamObserver<WorkerMessage> work(StreamObserver<ServerMessage> responses) {
        ServerCallStreamObserver<ServerMessage> outgoing = (ServerCallStreamObserver<ServerMessage>) responses;
        outgoing.disableAutoRequest();
        outgoing.request(readsAtOnce ? Integer.MAX_VALUE : 1);
        TestingConnection connection = new TestingConnection(outgoing);
        connections.add(connection);
        return connection;
    }

    /** The next stream that a worker opens; its Hello is not read yet. */
    TestingConnection awaitConnection() throws InterruptedException {
        TestingConnection connection = connections.poll(20, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("Expected a worker to connect, but none did");
        }
        return connection;
    }

    /** The next stream, greeted. */
    TestingConnection awaitWelcomed() throws InterruptedException {
        TestingConnection connection = awaitConnection();
        connection.awaitHello();
        connection.welcome();
        return connection;
    }
}
