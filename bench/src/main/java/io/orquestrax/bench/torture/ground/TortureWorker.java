package io.orquestrax.bench.torture.ground;

import io.orquestrax.bench.environment.ChildProcess;
import io.orquestrax.bench.torture.load.TortureWorkerMain;
import io.orquestrax.cli.command.OwnProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One worker over all its lives, with a door of its own to the nodes. */
final class TortureWorker implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final String name;
    private final Path directory;
    private final TcpProxy door;
    private @Nullable ChildProcess process;

    TortureWorker(String name, Path directory, TcpProxy door) {
        this.name = name;
        this.directory = directory;
        this.door = door;
    }

    String name() {
        return name;
    }

    TcpProxy door() {
        return door;
    }

    long pid() {
        return running().pid();
    }

    void start() {
        process = ChildProcess.start(
                name,
                directory,
                OwnProcess.command(
                        JVM_OPTIONS, TortureWorkerMain.class, List.of(door.address(), name, directory.toString())),
                TortureWorkerMain.READY);
    }

    void awaitReady() throws InterruptedException {
        var _ = running().awaitReady(READY_LIMIT);
    }

    void kill() throws InterruptedException {
        running().kill();
    }

    /** SIGTERM: it finishes what it runs, hands back the rest, and goes. */
    void drain() throws InterruptedException {
        if (!running().terminate(DRAIN_LIMIT)) {
            throw new IllegalStateException(
                    "Expected " + name + " to drain within " + DRAIN_LIMIT + ", but it still runs");
        }
    }

    @Override
    public void close() {
        ChildProcess current = process;
        try {
            if (current != null) {
                current.kill();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            door.close();
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
