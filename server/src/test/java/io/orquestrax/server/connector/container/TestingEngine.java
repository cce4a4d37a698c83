package io.orquestrax.server.connector.container;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A container engine on a socket, as Docker's API describes one: its containers are processes of this machine, and its
 * images the programs that they run where the request names none.
 */
public final class TestingEngine implements AutoCloseable {
    private static final Map<String, List<String>> IMAGES = Map.of(
            "hello-world:latest", List.of("echo", "Hello from Docker!"),
            "alpine:latest", List.of("sh"),
            "greedy:1", List.of("sh", "-c", "kill -9 $$"));

    private final Path directory;
    private final ServerSocketChannel server;
    private final Set<String> present = ConcurrentHashMap.newKeySet();
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<JsonNode> created = new CopyOnWriteArrayList<>();

    private static final class Container {
        private final String id;
        private final String name;
        private final JsonNode body;
        private final CountDownLatch attached = new CountDownLatch(1);
        private final CountDownLatch started = new CountDownLatch(1);
        private volatile @Nullable Process process;
        private final Instant createdAt = Instant.now();
        private volatile String finishedAt = "0001-01-01T00:00:00Z";

        Container(String id, String name, JsonNode body) {
            this.id = id;
            this.name = name;
            this.body = body;
        }

        boolean isRunning() {
            Process running = process;
            return running != null && running.isAlive();
        }

        Process begun() {
            return requireNonNull(process);
        }
    }

    public TestingEngine() {
        try {
            directory = Files.createTempDirectory("orquestrax-engine");
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(directory.resolve("engine.sock")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public String address() {
        return "unix://" + directory.resolve("engine.sock");
    }

    /** As in {@code POST /containers/create?name=x}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What containers were asked for. */
    public List<JsonNode> created() {
        return List.copyOf(created);
    }

    /** The names of those that are there. */
    public List<String> names() {
        return containers.values().stream().map(each -> each.name).sorted().toList();
    }

    public boolean isAnyRunning() {
        return containers.values().stream().anyMatch(Container::isRunning);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(channel));
            }
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            InputStream in = Channels.newInputStream(channel);
            OutputStream out = Channels.newOutputStream(channel);
            String[] request = line(in).split(" ");
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            requests.add(request[0] + " " + request[1]);
            String path = request[1].replaceAll("\\?.*", "");
            if (path.endsWith("/attach")) {
                attach(requireNonNull(containers.get(path.split("/")[2])), in, out, request[1].contains("stdin=1"));
                return;
            }
            answer(out, request[0], path, request[1], body);
        } catch (IOException | InterruptedException gone) {
            // Whoever asked went away.
            return;
        }
    }

    private void answer(OutputStream out, String method, String path, String target, String body)
            throws IOException, InterruptedException {
        String[] steps = path.split("/");
        if (path.startsWith("/images/create")) {
            pull(out, parameter(target, "fromImage") + ":" + parameter(target, "tag"));
        } else if (path.startsWith("/images/")) {
            send(out, present.contains(steps[2]) ? 200 : 404, "{\"message\":\"No such image\"}");
        } else if (path.equals("/containers/create")) {
            create(out, parameter(target, "name"), Json.readTrusted(body));
        } else if (path.equals("/containers/json")) {
            var list = Json.NODES.arrayNode();
            containers.keySet().forEach(id -> list.addObject().put("Id", id));
            send(out, 200, Json.write(list));
        } else {
            onContainer(out, method, steps);
        }
    }

    private void onContainer(OutputStream out, String method, String[] steps) throws IOException, InterruptedException {
        Container container = containers.values().stream()
                .filter(each -> each.id.equals(steps[2]) || each.name.equals(steps[2]))
                .findFirst()
                .orElse(null);
        if (container == null) {
            send(out, 404, "{\"message\":\"No such container\"}");
        } else if (method.equals("DELETE")) {
            kill(container);
            containers.remove(container.id);
            send(out, 204, "");
        } else {
            switch (steps[3]) {
                case "json" -> send(out, 200, Json.write(inspected(container)));
                case "start" -> start(out, container);
                case "kill" -> {
                    boolean wasRunning = container.isRunning();
                    kill(container);
                    send(out, wasRunning ? 204 : 409, wasRunning ? "" : "{\"message\":\"is not running\"}");
                }
                case "wait" ->
                    send(out, 200, "{\"StatusCode\":" + container.begun().waitFor() + "}");
                default -> send(out, 404, "{\"message\":\"page not found\"}");
            }
        }
    }

    private void pull(OutputStream out, String image) throws IOException {
        boolean exists = IMAGES.containsKey(image);
        if (exists) {
            present.add(image);
        }
        send(
                out,
                200,
                "{\"status\":\"Pulling\"}\r\n"
                        + (exists ? "{\"status\":\"Done\"}" : "{\"error\":\"manifest unknown\"}"));
    }

    private void create(OutputStream out, String name, JsonNode body) throws IOException {
        if (!present.contains(body.path("Image").asText())) {
            send(out, 404, "{\"message\":\"No such image: " + body.path("Image").asText() + "\"}");
            return;
        }
        if (names().contains(name)) {
            send(out, 409, "{\"message\":\"The name is in use\"}");
            return;
        }
        created.add(body);
        String id = "c" + created.size() + Long.toHexString(System.nanoTime());
        containers.put(id, new Container(id, name, body));
        send(out, 201, "{\"Id\":\"" + id + "\",\"Warnings\":[]}");
    }

    private void start(OutputStream out, Container container) throws IOException {
        JsonNode body = container.body;
        List<String> words = new ArrayList<>();
        body.path("Entrypoint").forEach(word -> words.add(word.asText()));
        if (words.isEmpty() && !(body.has("Cmd") && body.path("Image").asText().startsWith("alpine"))) {
            words.addAll(IMAGES.get(body.path("Image").asText()));
        }
        body.path("Cmd").forEach(word -> words.add(word.asText()));
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        body.path("Env").forEach(variable -> {
            String[] parts = variable.asText().split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        });
        container.process = builder.start();
        container
                .process
                .onExit()
                .thenRun(() -> container.finishedAt = Instant.now().toString());
        container.started.countDown();
        send(out, 204, "");
    }

    private static void attach(Container container, InputStream in, OutputStream out, boolean withInput)
            throws IOException, InterruptedException {
        out.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        container.attached.countDown();
        container.started.await();
        Process process = container.begun();
        Thread input = Thread.ofPlatform().daemon().start(() -> {
            try (OutputStream stdin = process.getOutputStream()) {
                if (withInput) {
                    in.transferTo(stdin);
                }
            } catch (IOException notRead) {
                // It ended without.
                return;
            }
        });
        Thread errors = Thread.ofPlatform().daemon().start(() -> copy(process.getErrorStream(), 2, out));
        copy(process.getInputStream(), 1, out);
        errors.join();
        input.interrupt();
    }

    private static void copy(InputStream from, int stream, OutputStream out) {
        byte[] buffer = new byte[1000];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                ByteBuffer frame = ByteBuffer.allocate(8 + count);
                frame.put((byte) stream).put(new byte[3]).putInt(count).put(buffer, 0, count);
                synchronized (out) {
                    out.write(frame.array());
                }
            }
        } catch (IOException gone) {
            // Nobody listens any more.
            return;
        }
    }

    private static JsonNode inspected(Container container) {
        ObjectNode inspected =
                Json.NODES.objectNode().put("Id", container.id).put("Created", container.createdAt.toString());
        inspected
                .putObject("State")
                .put("Running", container.isRunning())
                .put("Status", container.isRunning() ? "running" : container.process == null ? "created" : "exited")
                .put("OOMKilled", container.body.path("Image").asText().startsWith("greedy"))
                .put("StartedAt", container.createdAt.toString())
                .put("FinishedAt", container.finishedAt);
        inspected.putObject("Config").set("Labels", container.body.path("Labels"));
        return inspected;
    }

    private static void kill(Container container) throws InterruptedException {
        Process process = container.process;
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private static void send(OutputStream out, int status, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String framing = status == 204
                ? "\r\n"
                : "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(content.length) + "\r\n" + body
                        + (content.length == 0 ? "" : "\r\n0\r\n") + "\r\n";
        out.write(("HTTP/1.1 " + status + " Word\r\nContent-Type: application/json\r\n" + framing)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String parameter(String target, String name) {
        for (String each : target.substring(target.indexOf('?') + 1).split("&")) {
            if (each.startsWith(name + "=")) {
                return URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException("the connection ended");
            }
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Container container : containers.values()) {
                kill(container);
            }
            Files.deleteIfExists(directory.resolve("engine.sock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
