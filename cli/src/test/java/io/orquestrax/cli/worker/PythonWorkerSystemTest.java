package io.orquestrax.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.testing.TestingCluster;
import io.orquestrax.cli.testing.TestingCluster.Member;
import io.orquestrax.cli.testing.TestingCommand;
import io.orquestrax.cli.testing.TestingProcess;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.OrquestraxClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a worker in another language keeps what its page promises. */
class PythonWorkerSystemTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void completesFailsAndEndsWhenItIsTold() throws IOException {
        try (TestingCluster cluster = TestingCluster.start(directory)) {
            Member node = cluster.startNode();
            deploy(node);
            try (TestingProcess worker = startWorker(node)) {
                String greeted = worker.awaitLine(line -> line.contains("asks " + node.address()), LIMIT)
                        .split(" ", -1)[0];

                JsonNode done = start(node, "{\"name\":\"Ada\"}", 0);
                assertThat(Json.write(done.path("output")))
                        .isEqualTo("{\"greeting\":\"Hello, Ada!\",\"by\":\"" + greeted + "\"}");

                JsonNode failed = start(node, "{}", 1);
                assertThat(failed.path("status").asText()).isEqualTo("faulted");
                assertThat(failed.at("/error/type").asText()).isEqualTo("urn:orquestrax:examples:greeting:bad-input");
                assertThat(failed.at("/error/status").asInt()).isEqualTo(400);
                assertThat(failed.at("/error/detail").asText()).contains("Expected an input with a name");

                worker.terminate();
                assertThat(worker.awaitExit(LIMIT)).as(worker.output()).isZero();
                assertThat(worker.output()).doesNotContain("Traceback");
            }
        }
    }

    private TestingProcess startWorker(Member node) {
        Path script = EXAMPLES.resolve("python-worker/worker.py");
        return TestingProcess.start(
                "python-worker", List.of("python3", script.toString(), node.address()), directory, Map.of());
    }

    private static void deploy(Member node) throws IOException {
        try (OrquestraxClient client = OrquestraxClient.connect(node.address())) {
            assertThat(client.deploy(Files.readString(EXAMPLES.resolve("greeting/workflow.yaml")))
                            .created())
                    .isTrue();
        }
    }

    /** Its end, as JSON. */
    private JsonNode start(Member node, String input, int exitCode) throws IOException {
        TestingProcess command = TestingCommand.run(
                directory,
                "start",
                "examples/greeting",
                "--input",
                input,
                "--wait",
                "--output",
                "json",
                "--server",
                node.address());
        assertThat(command.awaitExit(LIMIT)).as(command.output()).isEqualTo(exitCode);
        return Json.read(command.output().lines().toList().getLast());
    }
}
