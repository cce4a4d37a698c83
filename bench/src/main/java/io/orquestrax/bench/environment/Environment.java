package io.orquestrax.bench.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.OwnProcess;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.OrquestraxClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A node with its own PostgreSQL, a worker, and a client of both: two processes beside this one, on free ports of the
 * loopback, in a temporary directory.
 *
 * <p>Closing it ends and removes all of that; it may be closed more than once, and by another thread.
 */
public final class Environment implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final List<String> JVM_OPTIONS =
            List.of("-XX:MaxRAMPercentage=25", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError");

    /** The last one opened is the first to be closed. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final List<String> jvmOptions;
    private boolean closed;

    /** @param jvmOptions more options for the JVMs of both processes */
    public Environment(List<String> jvmOptions) {
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * Starts a node.
     *
     * @return its address
     */
    public String startNode() throws InterruptedException {
        Path directory = open(TemporaryDirectory.create()).path();
        ChildProcess node = open(ChildProcess.start(
                "node",
                directory,
                command(
                        NodeMain.class,
                        List.of(
                                "server",
                                "--port",
                                "0",
                                "--data",
                                directory.resolve("data").toString(),
                                "--set",
                                "log.level=warn",
                                "--output",
                                "json")),
                "{"));
        JsonNode ready = Json.readTrusted(node.awaitReady(READY_LIMIT));
        return ready.path("address").asText();
    }

    /**
     * Returns when the worker is connected.
     *
     * @param capacity jobs at a time
     */
    public void startWorker(String address, int capacity) throws InterruptedException {
        Path directory = open(TemporaryDirectory.create()).path();
        ChildProcess worker = open(ChildProcess.start(
                "worker",
                directory,
                command(WorkerMain.class, List.of(address, Integer.toString(capacity))),
                WorkerMain.READY));
        var _ = worker.awaitReady(READY_LIMIT);
    }

    public OrquestraxClient connect(String address) {
        return open(OrquestraxClient.connect(address));
    }

    @Override
    public void close() {
        List<AutoCloseable> toClose;
        synchronized (opened) {
            closed = true;
            toClose = List.copyOf(opened);
            opened.clear();
        }
        toClose.forEach(Environment::closeOne);
    }

    private <T extends AutoCloseable> T open(T resource) {
        synchronized (opened) {
            if (!closed) {
                opened.push(resource);
                return resource;
            }
        }
        closeOne(resource);
        throw new IllegalStateException("Expected an open environment, but it was closed meanwhile");
    }

    private List<String> command(Class<?> mainClass, List<String> arguments) {
        List<String> all = new ArrayList<>(JVM_OPTIONS);
        all.addAll(jvmOptions);
        return OwnProcess.command(all, mainClass, arguments);
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failure) {
            System.err.println("Expected to close " + resource + ", but " + failure);
        }
    }
}
