package io.orquestrax.bench.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.OwnProcess;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.store.Database;
import io.orquestrax.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL, and the nodes, workers and clients that use it. */
public final class Stand implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final int POOL = 4;

    private final Resources resources = new Resources();
    private final List<String> jvmOptions;
    private final Path directory;
    private EmbeddedPostgres postgres;
    private @Nullable Database database;
    private final List<ChildProcess> nodes = new ArrayList<>();
    private final List<ChildProcess> workers = new ArrayList<>();
    private int processes;

    Stand(List<String> jvmOptions) {
        this.jvmOptions = jvmOptions;
        this.directory = resources.keep(TemporaryDirectory.create()).path();
        this.postgres = resources.keep(EmbeddedPostgres.start(directory.resolve("postgres")));
    }

    /** The database with its schema, for what is written or read beside the nodes. */
    public Database database() {
        Database present = database;
        if (present == null) {
            present = resources.keep(Database.open(postgres.jdbcUrl(), postgres.user(), postgres.password(), POOL));
            database = present;
        }
        return present;
    }

    /** A connection of its own, with more parameters of the driver. */
    public Connection connect(java.util.Properties parameters) throws SQLException {
        java.util.Properties all = new java.util.Properties();
        all.putAll(parameters);
        all.setProperty("user", postgres.user());
        all.setProperty("password", postgres.password());
        return DriverManager.getConnection(postgres.jdbcUrl(), all);
    }

    /** Has PostgreSQL count its statements; starts it again for that, so no node may run. */
    public void countStatements() {
        try (Connection connection = connect(new java.util.Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
        } catch (SQLException failed) {
            throw new IllegalStateException("Expected to set up the count of statements, but could not", failed);
        }
        resources.release(postgres);
        postgres = resources.keep(EmbeddedPostgres.start(directory.resolve("postgres")));
        database().with("count statements", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("CREATE EXTENSION pg_stat_statements SCHEMA public");
            }
        });
    }

    /** Returns when it serves. */
    public NodeProcess startNode(NodeOptions options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--postgres", postgresUrl()));
        return startNode("node", options, arguments);
    }

    /** A node that brings its own PostgreSQL along, with its data in a directory. */
    public NodeProcess startNodeWithPostgres(Path data) throws InterruptedException {
        return startNode("node", NodeOptions.DEFAULT, List.of("--data", data.toString()));
    }

    private NodeProcess startNode(String name, NodeOptions options, List<String> place) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("server", "--port", "0", "--output", "json"));
        arguments.addAll(place);
        options.with("log.level", "warn")
                .settings()
                .forEach((setting, value) -> arguments.addAll(List.of("--set", setting + "=" + value)));
        long began = System.nanoTime();
        ChildProcess node = start(name, options.jvmOptions(), NodeMain.class, arguments, "{");
        nodes.add(node);
        JsonNode ready = Json.readTrusted(node.awaitReady(READY_LIMIT));
        return new NodeProcess(ready.path("address").asText(), Duration.ofNanos(System.nanoTime() - began), node);
    }

    /** Ends it as a signal to stop does. */
    public void stop(NodeProcess node) {
        resources.release(node.process());
    }

    /**
     * Returns when the worker is connected.
     *
     * @param capacity jobs at a time
     */
    public void startWorker(String address, int capacity) throws InterruptedException {
        ChildProcess worker = start(
                "worker", List.of(), WorkerMain.class, List.of(address, Integer.toString(capacity)), WorkerMain.READY);
        workers.add(worker);
        var _ = worker.awaitReady(READY_LIMIT);
    }

    public OrquestraxClient connect(String address) {
        return resources.keep(OrquestraxClient.connect(address));
    }

    /** Of this process, the client, and of what runs here. */
    public ProcessorTimes processorTimes() {
        SortedMap<String, Duration> times = new TreeMap<>();
        times.put("client", ProcessorTimes.of(ProcessHandle.current()));
        times.put("node", processorTime(nodes));
        times.put("worker", processorTime(workers));
        times.put(
                "postgres",
                ProcessHandle.of(postgres.pid()).map(ProcessorTimes::ofTree).orElse(Duration.ZERO));
        return new ProcessorTimes(times);
    }

    private static Duration processorTime(List<ChildProcess> processes) {
        return processes.stream()
                .map(ChildProcess::handle)
                .filter(ProcessHandle::isAlive)
                .map(ProcessorTimes::ofTree)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * As {@link #connect(String)}.
     *
     * @param deadline of each call, its repetitions included, beside what it waits for an instance
     */
    public OrquestraxClient connect(String address, Duration deadline) {
        return resources.keep(
                OrquestraxClient.builder(address).deadline(deadline).build());
    }

    /** For files of a benchmark. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        resources.close();
    }

    private ChildProcess start(
            String name, List<String> options, Class<?> mainClass, List<String> arguments, String readyPrefix) {
        processes++;
        List<String> all = new ArrayList<>(OwnProcess.SERVING);
        all.addAll(jvmOptions);
        all.addAll(options);
        return resources.keep(ChildProcess.start(
                name + "-" + processes, directory, OwnProcess.command(all, mainClass, arguments), readyPrefix));
    }

    private String postgresUrl() {
        return postgres.jdbcUrl()
                .replace("jdbc:postgresql://", "postgresql://" + postgres.user() + ":" + postgres.password() + "@");
    }
}
