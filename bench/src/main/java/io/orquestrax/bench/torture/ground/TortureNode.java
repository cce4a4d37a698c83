package io.orquestrax.bench.torture.ground;

import io.orquestrax.bench.environment.ChildProcess;
import io.orquestrax.bench.environment.NodeMain;
import io.orquestrax.cli.command.OwnProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One node over all its lives: its ports and its proxies stay, its process comes and goes. */
final class TortureNode implements AutoCloseable {
    /** So many that no node is left without any by chance. */
    static final int PARTITIONS = 24;

    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(60);
    private static final Duration PROBE_LIMIT = Duration.ofMillis(700);
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final String name;
    private final Path directory;
    private final Database database;
    private final HttpClient probe;
    private final int port = FreePorts.one();
    private final int peerPort = FreePorts.one();
    private final TcpProxy databaseDoor;
    private final TcpProxy peerDoor;
    private final TcpProxy apiDoor;
    private volatile @Nullable ChildProcess process;
    private volatile int lives;

    TortureNode(String name, Path directory, Database database, HttpClient probe) {
        this.name = name;
        this.directory = directory;
        this.database = database;
        this.probe = probe;
        this.databaseDoor = TcpProxy.open(name + "-database", database::upstream);
        this.peerDoor = TcpProxy.open(name + "-peers", () -> Optional.of(new TcpProxy.Upstream(name, peerPort)));
        this.apiDoor = TcpProxy.open(name + "-api", () -> Optional.of(new TcpProxy.Upstream(name, port)));
    }

    String name() {
        return name;
    }

    /** Under this name the database knows what this life of the node has written. */
    String application() {
        return name + "." + lives;
    }

    TcpProxy databaseDoor() {
        return databaseDoor;
    }

    TcpProxy peerDoor() {
        return peerDoor;
    }

    TcpProxy apiDoor() {
        return apiDoor;
    }

    TcpProxy.Upstream upstream() {
        return new TcpProxy.Upstream(name, port);
    }

    long pid() {
        return running().pid();
    }

    /** Does not wait until it is ready. */
    void start() {
        lives = lives + 1;
        process = ChildProcess.start(
                name,
                directory,
                OwnProcess.command(
                        JVM_OPTIONS,
                        NodeMain.class,
                        List.of(
                                "server",
                                "--port",
                                Integer.toString(port),
                                "--postgres",
                                database.urlThrough(databaseDoor, application()),
                                "--set",
                                "postgres.user=" + database.user(),
                                "--set",
                                "postgres.password=" + database.password(),
                                "--set",
                                "postgres.pool-size=4",
                                "--set",
                                "partitions=" + PARTITIONS,
                                "--set",
                                "advertised-address=" + apiDoor.address(),
                                "--set",
                                "cluster.port=" + peerPort,
                                "--set",
                                "cluster.advertised-address=" + peerDoor.address(),
                                "--output",
                                "json")),
                "{");
    }

    void awaitReady() throws InterruptedException {
        var _ = running().awaitReady(READY_LIMIT);
    }

    void kill() throws InterruptedException {
        running().kill();
    }

    /** SIGTERM: it hands over what it has, and goes. */
    void leave() throws InterruptedException {
        if (!running().terminate(LEAVE_LIMIT)) {
            throw new IllegalStateException(
                    "Expected " + name + " to leave within " + LEAVE_LIMIT + ", but it still runs");
        }
    }

    boolean isAlive() {
        ChildProcess current = process;
        return current != null && current.isAlive();
    }

    /** As a load balancer asks. */
    boolean isReady() {
        if (!isAlive()) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                .timeout(PROBE_LIMIT)
                .build();
        try {
            return probe.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notNow) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        try {
            if (isAlive()) {
                running().kill();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            databaseDoor.close();
            peerDoor.close();
            apiDoor.close();
        }
    }

    private ChildProcess running() {
        ChildProcess current = process;
        if (current == null) {
            throw new IllegalStateException("Expected " + name + " to be started");
        }
        return current;
    }
}
