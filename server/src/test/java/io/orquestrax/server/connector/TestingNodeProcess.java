package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node in a process of its own, which is killed in the end. */
public final class TestingNodeProcess implements AutoCloseable {
    private final Process process;
    private final Path port;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestingNodeProcess(Process process, Path port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Does not wait until it has begun.
     *
     * @param directory temporary
     * @param tasks what it starts: by the name of a workflow its one task
     */
    public static TestingNodeProcess start(Path directory, Map<String, String> flags, Map<String, String> tasks)
            throws IOException {
        Path plan = Files.createTempFile(directory, "plan", ".json");
        Path port = plan.resolveSibling(plan.getFileName() + ".port");
        ObjectNode json = Json.NODES.objectNode().put("port", port.toString());
        json.set("flags", object(flags));
        json.set("tasks", object(tasks));
        Files.writeString(plan, Json.write(json));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestingNodeProcess.class.getName(),
                        plan.toString())
                .inheritIO()
                .start();
        return new TestingNodeProcess(process, port);
    }

    private static JsonNode object(Map<String, String> members) {
        ObjectNode object = Json.NODES.objectNode();
        members.forEach(object::put);
        return object;
    }

    /** Waits until it answers. */
    public TestingNodeProcess begun() throws Exception {
        Waiting.until("the process has begun", () -> Files.exists(port));
        return this;
    }

    /** What the steps of the workflow's instance are, as the API tells it; empty where there is no instance yet. */
    public String steps(String workflow) throws Exception {
        JsonNode found = Json.read(get("/api/v1/instances?namespace=test&name=" + workflow));
        String id = found.path("instances").path(0).path("id").asText();
        return id.isEmpty() ? "" : get("/api/v1/instances/" + id + "/activations");
    }

    private String get(String target) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + Files.readString(port) + target);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** SIGKILL, and it is gone. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
        client.close();
    }

    /** The node, until it is killed. */
    public static void main(String[] arguments) throws Exception {
        JsonNode plan = Json.readTrusted(Files.readString(Path.of(arguments[0])));
        Map<String, String> flags = new LinkedHashMap<>();
        plan.path("flags")
                .properties()
                .forEach(each -> flags.put(each.getKey(), each.getValue().asText()));
        try (Node node = Node.start(Settings.load(null, Map.of(), flags), List.of())) {
            plan.path("tasks").properties().forEach(each -> {
                TestingRuns.deploy(
                        node, each.getKey(), "do: [{act: {" + each.getValue().asText() + "}}]\n");
                TestingRuns.start(node, each.getKey());
            });
            Path written = Files.writeString(Path.of(arguments[0] + ".port.new"), String.valueOf(node.port()));
            Files.move(written, Path.of(plan.path("port").asText()), StandardCopyOption.ATOMIC_MOVE);
            Thread.currentThread().join();
        }
    }
}
