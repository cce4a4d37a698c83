package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.store.Waiting;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real broker that the machine has installed, on a port of its own, and stopped with the test. */
final class TestingBroker implements AutoCloseable {
    private static final String KAFKA_CLUSTER = "b3JxdWVzdHJheC10ZXN0cw";

    private final List<String> command;
    private final int port;
    private Process process;

    private TestingBroker(List<String> command, int port) throws Exception {
        this.command = command;
        this.port = port;
        start();
    }

    static TestingBroker mosquitto(Path directory) throws Exception {
        int port = freePort();
        Path configuration = directory.resolve("mosquitto.conf");
        Path passwords = directory.resolve("passwords");
        run("mosquitto_passwd", "-c", "-b", passwords.toString(), "user", "s3cr3t");
        Files.writeString(configuration, """
                listener %d 127.0.0.1
                password_file %s
                allow_anonymous true
                user root
                persistence true
                persistence_location %s/
                """.formatted(port, passwords, directory));
        return new TestingBroker(List.of(program("mosquitto"), "-c", configuration.toString()), port);
    }

    static TestingBroker nats() throws Exception {
        int port = freePort();
        return new TestingBroker(List.of(program("nats-server"), "-a", "127.0.0.1", "-p", String.valueOf(port)), port);
    }

    /**
     * Apache Kafka from the test's own class path, as a broker and its controller in one process.
     *
     * @param properties beside those that make it small and its listener at the port
     */
    static TestingBroker kafka(Path directory, String... properties) throws Exception {
        int port = freePort();
        int controller = freePort();
        Path configuration = directory.resolve("kafka.properties");
        Files.writeString(
                configuration,
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENTS://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=CLIENTS
                listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                num.partitions=3
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                log.message.timestamp.after.max.ms=9223372036854775807
                """.formatted(port, controller, directory.resolve("kafka")) + String.join("\n", properties) + "\n");
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPathWithoutLogging());
        run(with(java, "kafka.tools.StorageTool", "format", "-t", KAFKA_CLUSTER, "-c", configuration.toString()));
        return new TestingBroker(List.of(with(java, "kafka.Kafka", configuration.toString())), port);
    }

    private static String[] with(List<String> command, String... arguments) {
        return Stream.concat(command.stream(), Stream.of(arguments)).toArray(String[]::new);
    }

    private static String classPathWithoutLogging() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Packages put brokers where only an administrator's path leads. */
    private static String program(String name) {
        Path administrators = Path.of("/usr/sbin", name);
        return Files.isExecutable(administrators) ? administrators.toString() : name;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("Expected " + List.of(command) + " to work, but it did not");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    void start() throws Exception {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Waiting.until("the broker listens", this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
