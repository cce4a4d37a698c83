package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.store.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real broker that the machine has installed, on a port of its own, and stopped with the test. */
final class TestingBroker implements AutoCloseable {
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
