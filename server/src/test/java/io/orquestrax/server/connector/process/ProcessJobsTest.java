package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.server.connector.container.TestingEngine;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shell commands as jobs of a node. */
@Timeout(120)
class ProcessJobsTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final TestingEngine engine = new TestingEngine();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shell", "script", "container"})
    void whatAProcessWritesIsSeenWhileItRuns(String process) throws Exception {
        Settings settings = settings(process, "5s").with(ConnectorSettingCatalog.CONTAINER_ENGINE, engine.address());
        try (Node node = Node.start(settings, List.of())) {
            UUID instance = start(node, process);

            Waiting.until(
                    "the output is shown",
                    () -> progress(node, instance).path("stdout").asText().equals("begun"));
            Files.writeString(directory.resolve("gate"), "");

            assertThat(await(node, instance).output()).isEqualTo("\"begun\\nended\"");
        }
    }

    @Test
    void aCommandThatAStoppingNodeCannotFinishIsRunByTheNext() throws Exception {
        UUID instance;
        try (Node node = Node.start(settings("shell", "400ms"), List.of())) {
            instance = start(node);
            Waiting.until("it runs", () -> Files.exists(directory.resolve("begun")));
        }
        Files.writeString(directory.resolve("gate"), "");
        try (Node node = Node.start(settings("shell", "5s"), List.of())) {
            InstanceRow row = await(node, instance);

            assertThat(row.status()).isEqualTo(Status.COMPLETED);
            assertThat(Files.readAllLines(directory.resolve("begun")))
                    .hasSize(2)
                    .containsOnly(instance + ".1");
        }
    }

    @Test
    void aCommandThatNobodyAllowedWaitsAndSaysWhy() throws Exception {
        try (Node node = Node.start(settings("http,openapi", "5s"), List.of())) {
            UUID instance = start(node);

            Waiting.until(
                    "it says why",
                    () -> steps(node, instance)
                            .anyMatch(each -> String.valueOf(each.explanation())
                                    .contains("An operator allows it with the setting connectors")));
            assertThat(Files.exists(directory.resolve("begun"))).isFalse();
        }
    }

    private UUID start(Node node) {
        return start(node, "shell");
    }

    private UUID start(Node node, String process) {
        String command = """
                          echo $ORQUESTRAX_IDEMPOTENCY_KEY >> "$1/begun"
                          echo begun
                          until [ -e "$1/gate" ]; do sleep 0.05; done
                          echo ended
                """;
        String script = """
                          import os, sys, time
                          print('begun', flush=True)
                          while not os.path.exists(sys.argv[1] + '/gate'):
                              time.sleep(0.05)
                          print('ended')
                """;
        String definition = """
                document: {dsl: '1.0.3', namespace: test, name: commands, version: '1.0.0'}
                do:
                - wait:
                    run:
                      %s:
                        %s: |
                %s        arguments: ['%s']
                """.formatted(
                        process,
                        switch (process) {
                            case "script" -> "language: python\n        code";
                            case "container" -> "image: alpine\n        command";
                            default -> "command";
                        },
                        process.equals("script") ? script : command,
                        directory);
        Orchestration orchestration = node.services().orchestration();
        orchestration.deploy(Caller.ANONYMOUS, definition.getBytes(StandardCharsets.UTF_8));
        StartRequest request = new StartRequest("test", "commands", null, null, Json.NODES.objectNode(), Map.of());
        return orchestration.start(Caller.ANONYMOUS, request).join().instance().id();
    }

    /** Of the only step; missing where nothing was told yet. */
    private static JsonNode progress(Node node, UUID instance) {
        return steps(node, instance)
                .map(Activation::progress)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Json.NODES.missingNode());
    }

    private static Stream<Activation> steps(Node node, UUID instance) {
        return node.services().orchestration().activations(Caller.ANONYMOUS, instance).stream();
    }

    private static InstanceRow await(Node node, UUID instance) {
        return node.services()
                .orchestration()
                .await(Caller.ANONYMOUS, instance, Duration.ofSeconds(60))
                .join();
    }

    private Settings settings(String connectors, String drainLimit) {
        return Settings.load(
                null,
                Map.of(),
                new HashMap<>(Map.of(
                        "port",
                        "0",
                        "partitions",
                        "2",
                        "worker.unclaimed-grace",
                        "200ms",
                        "connectors",
                        connectors,
                        "drain.limit",
                        drainLimit,
                        "postgres.url",
                        database.url(),
                        "postgres.user",
                        database.user(),
                        "postgres.password",
                        database.password())));
    }
}
