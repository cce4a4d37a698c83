package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.peer.PeerTls;
import io.orquestrax.store.Waiting;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real broker that the machine has installed, on a port of its own, and stopped with the test. */
public final class TestingBroker implements AutoCloseable {
    private static final String KAFKA_CLUSTER = "b3JxdWVzdHJheC10ZXN0cw";

    private static final Path RABBIT = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private Process process;

    private TestingBroker(List<String> command, int port) throws Exception {
        this(command, Map.of(), port);
    }

    private TestingBroker(List<String> command, Map<String, String> environment, int port) throws Exception {
        this.command = command;
        this.environment = environment;
        this.port = port;
        start();
    }

    /** One that speaks the protocol. */
    public static TestingBroker of(String protocol, Path directory) throws Exception {
        return switch (protocol) {
            case "amqp" -> rabbit(directory);
            case "kafka" -> kafka(directory);
            case "mqtt" -> mosquitto(directory);
            case "nats" -> nats();
            default -> throw new IllegalArgumentException(protocol);
        };
    }

    /** One that speaks TLS, with those alone who have a certificate of the authorities. */
    static TestingBroker secured(String protocol, Path directory, PeerTls tls) throws Exception {
        return switch (protocol) {
            case "amqp" ->
                rabbit(
                        directory,
                        "ssl_options.cacertfile = " + tls.authorities(),
                        "ssl_options.certfile = " + tls.certificate(),
                        "ssl_options.keyfile = " + tls.key(),
                        "ssl_options.verify = verify_peer",
                        "ssl_options.fail_if_no_peer_cert = true");
            case "kafka" ->
                kafka(
                        directory,
                        "listener.security.protocol.map=CLIENTS:SSL,CONTROLLER:PLAINTEXT",
                        "ssl.keystore.type=PEM",
                        "ssl.keystore.location=" + joined(directory.resolve("kafka.pem"), tls.key(), tls.certificate()),
                        "ssl.truststore.type=PEM",
                        "ssl.truststore.location=" + tls.authorities(),
                        "ssl.client.auth=required");
            case "mqtt" ->
                mosquitto(
                        directory,
                        "cafile " + tls.authorities(),
                        "certfile " + tls.certificate(),
                        "keyfile " + tls.key(),
                        "require_certificate true");
            case "nats" ->
                nats(
                        "--tlsverify",
                        "--tlscacert",
                        tls.authorities().toString(),
                        "--tlscert",
                        tls.certificate().toString(),
                        "--tlskey",
                        tls.key().toString());
            default -> throw new IllegalArgumentException(protocol);
        };
    }

    /**
     * Kafka for those alone who have a login: {@code plain} with a password of odd characters, {@code s3"cr\3t}, and
     * {@code scram} with {@code s3cr3t}.
     *
     * @param tls null for none
     */
    static TestingBroker kafkaWithLogins(Path directory, @Nullable PeerTls tls) throws Exception {
        String jaas = "org.apache.kafka.common.security.";
        List<String> properties = new ArrayList<>(List.of(
                "listener.security.protocol.map=CLIENTS:" + (tls == null ? "SASL_PLAINTEXT" : "SASL_SSL")
                        + ",CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
                "sasl.mechanism.inter.broker.protocol=PLAIN",
                "listener.name.clients.plain.sasl.jaas.config=" + jaas
                        + "plain.PlainLoginModule required username=\"broker\" password=\"broker\""
                        + " user_broker=\"broker\" user_plain=\"s3\\\\\"cr\\\\\\\\3t\";",
                "listener.name.clients.scram-sha-256.sasl.jaas.config=" + jaas + "scram.ScramLoginModule required;",
                "listener.name.clients.scram-sha-512.sasl.jaas.config=" + jaas + "scram.ScramLoginModule required;"));
        if (tls != null) {
            properties.addAll(List.of(
                    "ssl.keystore.type=PEM",
                    "ssl.keystore.location=" + joined(directory.resolve("kafka.pem"), tls.key(), tls.certificate()),
                    "ssl.truststore.type=PEM",
                    "ssl.truststore.location=" + tls.authorities()));
        }
        return kafka(
                directory,
                List.of(
                        "--add-scram",
                        "SCRAM-SHA-256=[name=scram,password=s3cr3t]",
                        "--add-scram",
                        "SCRAM-SHA-512=[name=scram,password=s3cr3t]"),
                properties.toArray(String[]::new));
    }

    private static Path joined(Path to, File... parts) throws IOException {
        StringBuilder all = new StringBuilder();
        for (File part : parts) {
            all.append(Files.readString(part.toPath()));
        }
        return Files.writeString(to, all);
    }

    /**
     * RabbitMQ as Debian has it (rabbitmq-server), with all its files in the directory.
     *
     * @param lines of its configuration, beside those that make it small
     */
    static TestingBroker rabbit(Path directory, String... lines) throws Exception {
        if (!Files.isExecutable(RABBIT)) {
            throw new IOException(
                    "Expected RabbitMQ for the tests of AMQP; install it: apt-get install rabbitmq-server");
        }
        int port = freePort();
        Path home = Files.createDirectories(directory.resolve("rabbit"));
        boolean isTls = String.join("", lines).contains("ssl_options");
        Files.writeString(home.resolve("plugins"), "[].");
        Files.writeString(
                home.resolve("rabbitmq.conf"),
                (isTls ? "listeners.tcp = none\nlisteners.ssl.1" : "listeners.tcp.1") + " = 127.0.0.1:" + port
                        + "\nmax_message_size = 100000\n" + String.join("\n", lines) + "\n");
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME", home.toString(),
                "ERL_EPMD_ADDRESS", "127.0.0.1",
                "ERL_EPMD_PORT", String.valueOf(freePort()),
                "RABBITMQ_NODENAME", "orquestrax" + port + "@localhost",
                "RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString(),
                "RABBITMQ_CONF_ENV_FILE", home.resolve("none").toString(),
                "RABBITMQ_MNESIA_BASE", home.resolve("data").toString(),
                "RABBITMQ_LOG_BASE", home.resolve("log").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("plugins").toString(),
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"));
        environment.put("RABBITMQ_DIST_PORT", String.valueOf(freePort()));
        return new TestingBroker(List.of(RABBIT.toString()), environment, port);
    }

    public static TestingBroker mosquitto(Path directory, String... lines) throws Exception {
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
                max_packet_size 100000
                persistence_location %s/
                """.formatted(port, passwords, directory) + String.join("\n", lines) + "\n");
        return new TestingBroker(List.of(program("mosquitto"), "-c", configuration.toString()), port);
    }

    static TestingBroker nats(String... arguments) throws Exception {
        int port = freePort();
        List<String> command = List.of(program("nats-server"), "-a", "127.0.0.1", "-p", String.valueOf(port));
        return new TestingBroker(List.of(with(command, arguments)), port);
    }

    /**
     * Apache Kafka from the test's own class path, as a broker and its controller in one process.
     *
     * @param properties beside those that make it small and its listener at the port
     */
    static TestingBroker kafka(Path directory, String... properties) throws Exception {
        return kafka(directory, List.of(), properties);
    }

    /**
     * As the other one.
     *
     * @param formatting arguments for the tool that makes its storage
     */
    private static TestingBroker kafka(Path directory, List<String> formatting, String... properties) throws Exception {
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
        List<String> format = new ArrayList<>(java);
        format.addAll(
                List.of("kafka.tools.StorageTool", "format", "-t", KAFKA_CLUSTER, "-c", configuration.toString()));
        run(with(format, formatting.toArray(String[]::new)));
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

    public int port() {
        return port;
    }

    void start() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        process = builder.start();
        Waiting.until("the broker listens", this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** With all processes that it started. */
    void stop() throws InterruptedException {
        end(ProcessHandle::destroy);
        process.waitFor();
    }

    private void end(Consumer<ProcessHandle> how) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(how);
        all.forEach(each -> each.onExit().join());
    }

    /** Says nothing more, and ends nothing. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        for (ProcessHandle each : all) {
            run("kill", name, String.valueOf(each.pid()));
        }
    }

    @Override
    public void close() {
        end(ProcessHandle::destroyForcibly);
        if (environment.containsKey("ERL_EPMD_PORT")) {
            endNameServer();
        }
    }

    /** Erlang's, which outlives who started it. */
    private void endNameServer() {
        try {
            ProcessBuilder builder = new ProcessBuilder("epmd", "-kill").redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process ending = builder.start();
            ending.getInputStream().readAllBytes();
            ending.waitFor();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
