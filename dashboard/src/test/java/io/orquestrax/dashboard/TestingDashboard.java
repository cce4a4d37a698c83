package io.orquestrax.dashboard;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A node with the dashboard, on a database of its own, and a browser's part of HTTP. */
final class TestingDashboard implements AutoCloseable {
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final Node node;
    private final HttpClient client = HttpClient.newHttpClient();

    TestingDashboard(Path directory) {
        // Its own worker would be on every page of workers.
        this(directory, "");
    }

    /**
     * @param connectors that the node runs itself
     */
    TestingDashboard(Path directory, String connectors) {
        Map<String, String> flags = Map.of(
                "port",
                "0",
                "bind-address",
                "127.0.0.1",
                "postgres.url",
                database.url(),
                "postgres.user",
                database.user(),
                "postgres.password",
                database.password(),
                "partitions",
                "4",
                "connectors",
                connectors,
                "data-directory",
                directory.toString());
        node = Node.start(Settings.load(null, Map.of(), flags), java.util.List.of(new DashboardDoor()));
    }

    Node node() {
        return node;
    }

    Orchestration orchestration() {
        return node.services().orchestration();
    }

    void deploy(String source) {
        orchestration().deploy(Caller.ANONYMOUS, source.getBytes(StandardCharsets.UTF_8));
    }

    InstanceRow start(String name, @Nullable String key, String input, Map<String, String> tags) {
        StartRequest request = new StartRequest("tests", name, null, key, Json.readTrusted(input), tags);
        return orchestration().start(Caller.ANONYMOUS, request).join().instance();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).build());
    }

    /** A form of one of our own pages. */
    HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return post(path, fields, "Sec-Fetch-Site", "same-origin");
    }

    HttpResponse<String> post(String path, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    TestingStream stream(String path) {
        return TestingStream.open(client, request(path).build());
    }

    String authority() {
        return "127.0.0.1:" + node.port();
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://" + authority() + path))
                .version(HttpClient.Version.HTTP_1_1);
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    @Override
    public void close() {
        client.shutdownNow();
        node.close();
        database.close();
    }
}
