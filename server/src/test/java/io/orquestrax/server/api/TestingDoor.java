package io.orquestrax.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.prometheus.PrometheusMeterRegistries;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.ClusterFeed;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.node.NodeServices;
import io.orquestrax.server.node.Readiness;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.OrchestrationParts;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The API's doors on a free port of loopback, before an application service. */
final class TestingDoor implements AutoCloseable {
    private final Server server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    TestingDoor(NodeServices services) {
        ServerBuilder builder = Server.builder().http(new InetSocketAddress("127.0.0.1", 0));
        new ApiDoor().open(builder, services);
        server = builder.build();
        server.start().join();
    }

    /** Before an application service with nothing behind it: whatever reaches it fails. */
    @SuppressWarnings("NullAway") // On purpose: each part is missing.
    static TestingDoor beforeNothing(Readiness readiness) {
        Orchestration absent = new Orchestration(new OrchestrationParts(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, 0, null, null));
        return new TestingDoor(new NodeServices(
                absent,
                null,
                new CommitFeed(),
                new WorkFeed(),
                new ChangeFeed("schedules"),
                new ChangeFeed("events"),
                new ClusterFeed(),
                readiness,
                PrometheusMeterRegistries.newRegistry(),
                Settings.defaults()));
    }

    int port() {
        return server.activeLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> postJson(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("Expected an answer, but the call failed", failure);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.readTrusted(response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.stop().join();
    }
}
