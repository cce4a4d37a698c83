package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Work from the definition to the worker and back, through the doors of a node. */
class WorkOnNodeTest {
    private static final String DEFINITION = """
            document:
              dsl: '1.0.0'
              namespace: test
              name: charge
              version: '1.0.0'
            do:
              - charge:
                  call: charge-card
                  with:
                    amount: 1.10
            """;
    private static final String ASK = "{\"types\":[\"charge-card\"],\"worker\":\"curl\",\"wait\":\"PT20S\"}";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aWorkerFinishesOverARestartWhatItBegan() throws Exception {
        try (TestingDatabase database = TestingPostgres.freshDatabase()) {
            UUID instance;
            String job;
            try (Node node = Node.start(settings(database), List.of())) {
                instance = start(node.services().orchestration());
                JsonNode given = Json.read(post(node, ":activate", ASK).body())
                        .path("jobs")
                        .path(0);
                assertThat(given.path("input").toString()).isEqualTo("{\"amount\":1.10}");
                job = given.path("id").textValue();
            }

            try (Node node = Node.start(settings(database), List.of())) {
                assertThat(post(node, "/" + job + ":heartbeat", "{}").statusCode())
                        .isEqualTo(200);
                HttpResponse<String> completed = post(node, "/" + job + ":complete", "{\"output\":{\"paid\":1.10}}");

                assertThat(completed.statusCode()).isEqualTo(200);
                InstanceRow row = node.services()
                        .orchestration()
                        .await(Caller.ANONYMOUS, instance, Duration.ofSeconds(20))
                        .join();
                assertThat(row.status()).isEqualTo(Status.COMPLETED);
                assertThat(row.output()).isEqualTo("{\"paid\":1.10}");
                assertThat(post(node, "/" + job + ":complete", "{\"output\":2}").statusCode())
                        .isEqualTo(409);
            }
        }
    }

    private static UUID start(Orchestration orchestration) {
        orchestration.deploy(Caller.ANONYMOUS, DEFINITION.getBytes(StandardCharsets.UTF_8));
        StartRequest request = new StartRequest("test", "charge", null, null, Json.NODES.objectNode(), Map.of());
        return orchestration.start(Caller.ANONYMOUS, request).join().instance().id();
    }

    private HttpResponse<String> post(Node node, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.port() + "/api/v1/jobs" + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
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
}
