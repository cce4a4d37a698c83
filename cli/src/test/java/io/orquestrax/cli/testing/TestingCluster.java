package io.orquestrax.cli.testing;

import io.orquestrax.cli.worker.WorkerCommand;
import io.orquestrax.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL, nodes and workers as processes of their own, in one directory, on loopback.
 *
 * <p>A member that was killed is started again with what it had: its port, its name, its jar. The database outlives
 * all of them.
 */
public final class TestingCluster implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final List<Member> members = new ArrayList<>();

    private TestingCluster(Path directory, EmbeddedPostgres postgres) {
        this.directory = directory;
        this.postgres = postgres;
    }

    /**
     * Starts the database only.
     *
     * @param directory temporary; holds the database and is the members' working directory
     */
    public static TestingCluster start(Path directory) {
        return new TestingCluster(directory, EmbeddedPostgres.start(directory.resolve("postgres")));
    }

    /** Starts a node and waits until it is ready. */
    public Member startNode(String... settings) {
        int port = TestingPort.free();
        List<String> arguments = new ArrayList<>(List.of(
                "server",
                "--port",
                Integer.toString(port),
                "--postgres",
                postgres.jdbcUrl(),
                "--set",
                "postgres.user=" + postgres.user(),
                "--set",
                "postgres.password=" + postgres.password()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return add(new Member("node-" + port, "http://127.0.0.1:" + port, "OrquestraX is ready at", arguments));
    }

    /** Starts a worker and waits until the node has welcomed it. */
    public Member startWorker(String name, Path jar, int capacity, Member node) {
        return add(new Member(
                name,
                node.address(),
                WorkerCommand.READY,
                List.of(
                        "worker",
                        "--jar",
                        jar.toString(),
                        "--name",
                        name,
                        "--capacity",
                        Integer.toString(capacity),
                        "--server",
                        node.address(),
                        "--ends-with-parent")));
    }

    /** Starts a worker with other handlers than those of a jar. */
    public Member startWorkerOf(String name, Member node, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("worker", "--name", name, "--server", node.address(), "--ends-with-parent"));
        arguments.addAll(List.of(options));
        return add(new Member(name, node.address(), WorkerCommand.READY, arguments));
    }

    /** To the database, past every node. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    @Override
    public void close() {
        members.forEach(Member::close);
        postgres.close();
    }

    private Member add(Member member) {
        members.add(member);
        member.start();
        member.awaitReady();
        return member;
    }

    /** One process of the cluster, over all its lives. */
    public final class Member implements AutoCloseable {
        private final String name;
        private final String address;
        private final String readyLine;
        private final List<String> arguments;
        private Optional<TestingProcess> process = Optional.empty();

        private Member(String name, String address, String readyLine, List<String> arguments) {
            this.name = name;
            this.address = address;
            this.readyLine = readyLine;
            this.arguments = List.copyOf(arguments);
        }

        public String name() {
            return name;
        }

        /** Of the node: its own, or the worker's. */
        public String address() {
            return address;
        }

        public TestingProcess process() {
            return process.orElseThrow(() -> new AssertionError(name + " was never started"));
        }

        /** SIGKILL, and it is gone. */
        public void kill() {
            process().kill();
        }

        /** Does not wait until it is ready. */
        public void start() {
            process.filter(TestingProcess::isAlive).ifPresent(running -> {
                throw new AssertionError("Expected " + name + " to be gone, but it runs as " + running.pid());
            });
            process = Optional.of(TestingCommand.start(name, directory, Optional.empty(), arguments));
        }

        public void awaitReady() {
            String ignored = process().awaitLine(line -> line.contains(readyLine), READY_LIMIT);
        }

        @Override
        public void close() {
            process.ifPresent(TestingProcess::close);
        }
    }
}
