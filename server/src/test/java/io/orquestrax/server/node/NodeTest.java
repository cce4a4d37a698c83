package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NodeTest {
    private static final String DEFINITION = """
            document:
              dsl: '1.0.3'
              namespace: test
              name: nap
              version: '1.0.0'
            do:
              - nap:
                  wait: PT1H
            """;

    @Test
    void servesItsDoorsUntilItIsStopped() throws IOException, InterruptedException {
        HttpDoor door =
                (server, services) -> server.service("/hello", (context, request) -> HttpResponse.of(HttpStatus.OK));
        try (TestingDatabase database = TestingPostgres.freshDatabase();
                HttpClient client = HttpClient.newHttpClient()) {
            Node node = Node.start(settings(database), List.of(door));
            int port = node.port();

            assertThat(status(client, port, "/hello")).isEqualTo(200);
            assertThat(status(client, port, "/readyz")).isEqualTo(200);
            assertThat(status(client, port, "/metrics")).isEqualTo(200);

            node.stop(Duration.ofSeconds(10));
            node.stop(Duration.ofSeconds(10));
            assertThat(node.services().readiness().reasonNotReady()).contains("The node is stopping.");
            assertThatThrownBy(() -> status(client, port, "/hello")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoeverWaitsIsAnsweredWhenTheNodeStops() throws IOException, InterruptedException {
        try (TestingDatabase database = TestingPostgres.freshDatabase();
                HttpClient client = HttpClient.newHttpClient()) {
            Node node = Node.start(settings(database), List.of());
            var orchestration = node.services().orchestration();
            orchestration.deploy(TestingNode.CALLER, DEFINITION.getBytes(StandardCharsets.UTF_8));
            UUID id = orchestration
                    .start(TestingNode.CALLER, TestingNode.request("nap", null, "{}"))
                    .join()
                    .instance()
                    .id();
            CompletableFuture<InstanceRow> waiting = orchestration.await(TestingNode.CALLER, id, Duration.ofHours(1));

            node.stop(Duration.ofSeconds(10));

            assertThat(waiting.join().status()).isEqualTo(Status.WAITING);
        }
    }

    @Test
    @org.junit.jupiter.api.RepeatedTest(8)
    void aWorkerThatWaitsForJobsIsAnsweredWhenTheNodeStops() throws Exception {
        try (TestingDatabase database = TestingPostgres.freshDatabase();
                HttpClient worker = http1()) {
            Node node = Node.start(settings(database), List.of());
            var waiting = worker.sendAsync(
                    post(node.port(), "jobs:activate", "{\"types\":[\"pay\"],\"worker\":\"w\",\"wait\":\"PT50S\"}"),
                    BodyHandlers.ofString());
            TestingNode.until(
                    "the worker waits",
                    () -> node.services().dispatcher().workers().stream()
                            .anyMatch(each -> each.name().equals("w")));

            node.stop(Duration.ofMinutes(10));

            assertThat(waiting.join().statusCode()).isEqualTo(200);
            assertThat(waiting.join().body()).isEqualTo("{\"jobs\":[]}");
        }
    }

    @Test
    void aNodeThatStopsTakesTheLastRequestsOfItsConnections() throws Exception {
        try (TestingDatabase database = TestingPostgres.freshDatabase();
                HttpClient starter = http1();
                HttpClient looker = http1();
                Node stays = Node.start(settings(database), List.of())) {
            Node goes = Node.start(settings(database).with(SettingCatalog.DRAIN_LINGER, "10m"), List.of());
            stays.services().orchestration().deploy(TestingNode.CALLER, DEFINITION.getBytes(StandardCharsets.UTF_8));
            TestingNode.until("both have a share", () -> shares(stays) == 2 && shares(goes) == 2);
            int port = goes.port();
            assertThat(status(starter, port, "/readyz")).isEqualTo(200);
            assertThat(status(looker, port, "/readyz")).isEqualTo(200);

            CompletableFuture<Void> stop =
                    CompletableFuture.runAsync(() -> goes.stop(Duration.ofHours(1)), Thread::startVirtualThread);
            TestingNode.until("it takes no new connections", () -> isRefused(port));
            var started = starter.send(
                    post(port, "instances", "{\"definition\":{\"namespace\":\"test\",\"name\":\"nap\"}}"),
                    BodyHandlers.ofString());

            assertThat(started.statusCode()).isEqualTo(201);
            String id = Json.read(started.body()).path("id").asText();
            assertThat(status(looker, port, "/api/v1/instances/" + id)).isEqualTo(200);
            stop.join();
        }
    }

    @Test
    @Timeout(60)
    void aNodeAloneDoesNotWaitForLastRequests() throws Exception {
        try (TestingDatabase database = TestingPostgres.freshDatabase();
                HttpClient client = http1()) {
            Node node = Node.start(settings(database).with(SettingCatalog.DRAIN_LINGER, "10m"), List.of());
            assertThat(status(client, node.port(), "/readyz")).isEqualTo(200);

            node.stop(Duration.ofHours(1));

            assertThat(node.services().readiness().reasonNotReady()).contains("The node is stopping.");
        }
    }

    @Test
    void wantsADatabaseToBeNamed() {
        assertThatThrownBy(() -> Node.start(Settings.defaults(), List.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("postgres.url");
    }

    @Test
    void saysThatThePortIsTaken() {
        try (TestingDatabase database = TestingPostgres.freshDatabase();
                Node first = Node.start(settings(database), List.of())) {
            Settings samePort = settings(database).with(SettingCatalog.PORT, String.valueOf(first.port()));

            assertThatThrownBy(() -> Node.start(samePort, List.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Expected to listen on 127.0.0.1:" + first.port());
        }
    }

    private static Settings settings(TestingDatabase database) {
        return Settings.load(
                null,
                Map.of(),
                Map.of(
                        "port",
                        "0",
                        "partitions",
                        "4",
                        "drain.limit",
                        "5s",
                        "postgres.url",
                        database.url(),
                        "postgres.user",
                        database.user(),
                        "postgres.password",
                        database.password()));
    }

    private static HttpClient http1() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static int shares(Node node) {
        ClusterView view = node.services().orchestration().cluster(TestingNode.CALLER);
        return view.nodes().stream()
                .filter(each -> each.id().equals(view.self()))
                .mapToInt(each -> each.partitions().size())
                .sum();
    }

    private static boolean isRefused(int port) {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !connection.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    private static HttpRequest post(int port, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static int status(HttpClient client, int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
