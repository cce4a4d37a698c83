package io.orquestrax.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.node.NodeServices;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A whole node with a database of its own; each of its answers over REST is checked against the OpenAPI document. */
final class TestingNode implements AutoCloseable {
    static final String WAITER = """
            document:
              dsl: '1.0.0'
              namespace: shop
              name: waiter
              version: '1.0.0'
            do:
              - pause:
                  wait:
                    hours: 1
            """;
    static final String ECHO = """
            document:
              dsl: '1.0.0'
              namespace: shop
              name: echo
              version: '1.0.0'
              title: Gives back
              summary: What went in comes out.
            do:
              - keep:
                  set:
                    echoed: ${ . }
            """;
    static final String CALLER = """
            document:
              dsl: '1.0.0'
              namespace: shop
              name: caller
              version: '1.0.0'
            do:
              - brew:
                  call: brew
                  with:
                    cups: 2
            """;
    static final String FAILER = """
            document:
              dsl: '1.0.0'
              namespace: shop
              name: failer
              version: '1.0.0'
            do:
              - fail:
                  raise:
                    error:
                      type: https://example.com/errors/broken
                      status: 500
                      title: Broken
            """;

    private final TestingDatabase database;
    private final Node node;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final DescribedApi described;

    TestingNode() {
        this(TestingPostgres.freshDatabase());
    }

    /** One of several nodes on a database. */
    TestingNode(TestingDatabase database) {
        this(database, Settings.defaults());
    }

    /**
     * @param settings beside the port and the database
     */
    TestingNode(Settings settings) {
        this(TestingPostgres.freshDatabase(), settings);
    }

    private TestingNode(TestingDatabase database, Settings settings) {
        this.database = database;
        node = Node.start(
                settings.with(SettingCatalog.PORT, "0")
                        .with(SettingCatalog.POSTGRES_URL, database.url())
                        .with(SettingCatalog.POSTGRES_USER, database.user())
                        .with(SettingCatalog.POSTGRES_PASSWORD, database.password()),
                List.of());
        described = new DescribedApi(
                Json.readTrusted(send(request("/api/v1/openapi.json")).body()));
    }

    NodeServices services() {
        return node.services();
    }

    DescribedApi described() {
        return described;
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    WorkflowServiceBlockingStub grpc() {
        return grpc(WorkflowServiceBlockingStub.class);
    }

    <T> T grpc(Class<T> stub) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + node.port() + "/")
                .responseTimeout(Duration.ofSeconds(60))
                .build(stub);
    }

    HttpResponse<String> get(String path) {
        return checked(request(path));
    }

    HttpResponse<String> post(String path, String json) {
        return checked(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> post(String path) {
        return checked(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> postYaml(String path, String yaml) {
        return checked(request(path)
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(yaml)));
    }

    /** Starts an instance of a definition of the namespace shop; its id. */
    String start(String name) {
        HttpResponse<String> started =
                post("/api/v1/instances", "{\"definition\":{\"namespace\":\"shop\",\"name\":\"" + name + "\"}}");
        return json(started).required("id").textValue();
    }

    HttpResponse<String> checked(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        HttpResponse<String> answer = send(builder);
        described.check(request.method(), request.uri().getRawPath(), answer);
        return answer;
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.readTrusted(response.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("Expected an answer, but the call failed", failure);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        node.close();
        database.close();
    }
}
