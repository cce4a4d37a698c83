package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.dsl.plan.DetachedProcess;
import io.orquestrax.engine.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.connector.TestingRuns;
import io.orquestrax.server.connector.container.TestingEngine;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that their workflow does not wait for. */
@Timeout(120)
class DetachedRunTest {
    private final TestingRuns runs = new TestingRuns();
    private final TestingEngine engine = new TestingEngine();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        engine.close();
        runs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shell", "script", "container"})
    void theTaskEndsAtOnceAndTheProcessGoesOn(String process) throws Exception {
        try (Node node = node("5s")) {
            UUID parent = start(node, "shop", process, "echo done");

            InstanceRow row = TestingRuns.await(node, parent);
            assertThat(row.status()).isEqualTo(Status.COMPLETED);
            assertThat(row.output()).isEqualTo("{}");
            InstanceRow detached = detached(node, parent);
            assertThat(detached.status().isClosed()).isFalse();
            assertThat(detached.definition()).isEqualTo(new DetachedProcess(process).id());
            Files.writeString(directory.resolve("gate"), "");

            assertThat(TestingRuns.await(node, detached.id()).output()).isEqualTo("\"done\"");
        }
    }

    @Test
    void aFailureIsThatOfAnInstanceAndCanBeRetried() throws Exception {
        Files.writeString(directory.resolve("gate"), "");
        try (Node node = node("5s")) {
            UUID parent = start(node, "shop", "shell", "echo no such order >&2; exit $(cat " + directory + "/code)");
            Files.writeString(directory.resolve("code"), "3");

            InstanceRow failed = TestingRuns.await(node, detached(node, parent).id());
            assertThat(failed.status()).isEqualTo(Status.FAULTED);
            assertThat(failed.error()).contains("no such order");
            assertThat(TestingRuns.await(node, parent).status()).isEqualTo(Status.COMPLETED);

            Files.writeString(directory.resolve("code"), "0");
            TestingRuns.orchestration(node)
                    .retry(Caller.ANONYMOUS, failed.id(), "the order is there")
                    .join();
            assertThat(TestingRuns.await(node, failed.id()).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void aProcessWhoseNodeStopsIsRunByTheNext() throws Exception {
        UUID parent;
        try (Node node = node("400ms")) {
            parent = start(node, "shop", "shell", "echo done");
            Waiting.until("it runs", () -> Files.exists(directory.resolve("begun")));
        }
        Files.writeString(directory.resolve("gate"), "");
        try (Node node = node("5s")) {
            InstanceRow detached =
                    TestingRuns.await(node, detached(node, parent).id());

            assertThat(detached.output()).isEqualTo("\"done\"");
            assertThat(Files.readAllLines(directory.resolve("begun")))
                    .hasSize(2)
                    .containsOnly(detached.id() + ".1");
        }
    }

    @Test
    void nobodyElseTakesTheNamesOfThePlatform() {
        try (Node node = node("5s")) {
            String taken = new DetachedProcess("shell").source() + "  - more: {set: {x: 1}}\n";

            ServiceException refused = catchThrowableOfType(
                    ServiceException.class,
                    () -> TestingRuns.orchestration(node)
                            .deploy(Caller.ANONYMOUS, taken.getBytes(StandardCharsets.UTF_8)));

            assertThat(refused.code()).isEqualTo(ErrorCode.DEFINITION_CONFLICT);
            assertThat(refused.getMessage()).contains("orquestrax/detached-shell");
        }
    }

    private UUID start(Node node, String name, String process, String last) {
        String command = "echo $ORQUESTRAX_IDEMPOTENCY_KEY >> " + directory + "/begun; until [ -e " + directory
                + "/gate ]; do sleep 0.05; done; " + last;
        String run = switch (process) {
            case "shell" -> "shell: {command: '" + command + "'}";
            case "container" -> "container: {image: alpine, command: '" + command + "'}";
            default ->
                "script: {language: python, code: \"import subprocess\\nprint(subprocess.check_output(['sh', '-c', '"
                        + command + "'], text=True))\"}";
        };
        TestingRuns.deploy(node, name, "do: [{work: {run: {" + run + ", await: false}}}]\n");
        return TestingRuns.start(node, name);
    }

    private static InstanceRow detached(Node node, UUID parent) throws Exception {
        Waiting.until(
                "the process is there",
                () -> !TestingRuns.children(node, parent).isEmpty());
        return TestingRuns.children(node, parent).getFirst();
    }

    private Node node(String drainLimit) {
        return runs.node(Map.of(
                "connectors",
                "shell,script,container",
                "connectors.container.engine",
                engine.address(),
                "drain.limit",
                drainLimit));
    }
}
