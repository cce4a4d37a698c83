package io.orquestrax.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.testing.TestingCommand;
import io.orquestrax.cli.testing.TestingDev;
import io.orquestrax.cli.testing.TestingHome;
import io.orquestrax.cli.testing.TestingProcess;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything on one machine, as a user starts it, stops it, and loses it. */
class DevSystemTest {
    private static final Duration END_LIMIT = Duration.ofMinutes(1);
    private static final String WAITING = """
            document:
              dsl: '1.0.3'
              namespace: test
              name: waiting
              version: '1.0.0'
            do:
              - remember:
                  set:
                    amount: 9007199254740993
              - pause:
                  wait: PT4S
            """;

    @TempDir
    private Path directory;

    private final List<TestingProcess> processes = new ArrayList<>();
    private Path home = Path.of("");

    @BeforeEach
    void makeHome() throws IOException {
        home = TestingHome.make(Files.createDirectory(directory.resolve("home")));
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(TestingProcess::close);
    }

    @Test
    void runsTheExampleAndLeavesNothingBehindAfterCtrlC() throws Exception {
        TestingProcess dev = startDev();
        String address = TestingDev.awaitReady(dev);

        JsonNode instance = run(
                "start",
                "examples/data-pipeline",
                "--input",
                "{\"file\":\"examples/data-pipeline/iris.csv\"}",
                "--wait",
                "--output",
                "json",
                "--server",
                address);

        assertThat(instance.path("status").asText()).isEqualTo("completed");
        assertThat(instance.at("/output/ingest/rows").asInt()).isEqualTo(150);
        assertThat(instance.at("/output/process/clusters").size()).isEqualTo(3);
        assertThat(instance.at("/output/archive/sha256").asText()).hasSize(64);
        List<ProcessHandle> family = dev.family();
        assertThat(family).as("dev, its database and its worker").hasSizeGreaterThan(2);
        dev.interrupt();
        int ignored = dev.awaitExit(END_LIMIT);
        awaitEnd(family);
    }

    @Test
    void goesOnWhereAKilledOneEnded() throws Exception {
        // given an instance that waits, and everything around it killed
        TestingProcess first = startDev();
        String address = TestingDev.awaitReady(first);
        Path document = Files.writeString(directory.resolve("waiting.yaml"), WAITING);
        assertThat(TestingCommand.run(directory, "deploy", document.toString(), "--server", address)
                        .awaitExit(END_LIMIT))
                .isZero();
        String id = run("start", "test/waiting", "--server", address, "--output", "json")
                .path("id")
                .asText();
        List<ProcessHandle> workers = TestingDev.workersOf(first);
        assertThat(workers).hasSize(1);

        // when
        first.kill();
        awaitEnd(workers);
        TestingProcess second = startDev();
        String newAddress = TestingDev.awaitReady(second);

        // then
        JsonNode instance = run("watch", id, "--output", "json", "--server", newAddress);
        assertThat(Json.write(instance.path("output"))).isEqualTo("{\"amount\":9007199254740993}");
        List<ProcessHandle> family = second.family();
        second.terminate();
        int ignored = second.awaitExit(END_LIMIT);
        awaitEnd(family);
    }

    @Test
    void endsWithAWordWhenItsDatabaseIsKilled() throws Exception {
        TestingProcess dev = startDev();
        String ready = TestingDev.awaitReady(dev);
        assertThat(ready).isNotEmpty();
        List<ProcessHandle> family = dev.family();
        List<String> pidFile = Files.readAllLines(directory.resolve("data/data/postmaster.pid"));

        ProcessHandle.of(Long.parseLong(pidFile.getFirst().strip()))
                .orElseThrow()
                .destroyForcibly();

        assertThat(dev.awaitExit(END_LIMIT)).isEqualTo(3);
        assertThat(dev.output()).contains("PostgreSQL").contains("ended unexpectedly");
        awaitEnd(family);
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TestingProcess dev = start("dev", "--port", Integer.toString(holder.getLocalPort()));

            assertThat(dev.awaitExit(END_LIMIT)).isEqualTo(3);
            assertThat(dev.output())
                    .contains("Expected port " + holder.getLocalPort())
                    .contains("--port");
        }
    }

    private TestingProcess startDev() {
        return start("dev", "--port", "0", "--data", directory.resolve("data").toString());
    }

    private TestingProcess start(String... arguments) {
        TestingProcess process = TestingCommand.start(arguments[0], directory, Optional.of(home), List.of(arguments));
        processes.add(process);
        return process;
    }

    /** A command that must end well; its last line as JSON. */
    private JsonNode run(String... arguments) throws IOException {
        TestingProcess command = TestingCommand.run(directory, arguments);
        assertThat(command.awaitExit(END_LIMIT)).as(command.output()).isZero();
        return Json.read(command.output().lines().toList().getLast());
    }

    private static void awaitEnd(List<ProcessHandle> family) throws Exception {
        var ignored = CompletableFuture.allOf(
                        family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(family).noneMatch(ProcessHandle::isAlive);
    }
}
