package io.orquestrax.server.connector.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.store.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an engine that was written for the test from the rules of Docker's API. */
@Timeout(120)
class ContainerConnectorTest {
    private final TestingEngine engine = new TestingEngine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void pullsAnImageThatIsNotThereAndRunsIt() throws Exception {
        assertThat(run("{'image': 'hello-world'}").textValue()).isEqualTo("Hello from Docker!");
        assertThat(run("{'image': 'hello-world', 'name': 'again'}").textValue()).isEqualTo("Hello from Docker!");
        assertThat(pulls()).isEqualTo(1);

        run("{'image': 'hello-world', 'name': 'third', 'pullPolicy': 'always'}");
        assertThat(pulls()).isEqualTo(2);
    }

    private long pulls() {
        return engine.requests().stream()
                .filter("POST /images/create?fromImage=hello-world&tag=latest"::equals)
                .count();
    }

    @Test
    void saysWhichImageCannotBeHad() {
        WorkflowError error = failure("{'image': 'nobody/has:1'}");

        assertThat(error.type()).endsWith("/runtime");
        assertThat(error.detail()).contains("nobody/has:1", "manifest unknown");
        assertThat(failure("{'image': 'hello-world', 'pullPolicy': 'never'}").title())
                .isEqualTo("Image not found");
    }

    @Test
    void givesInputArgumentsAndEnvironment() throws Exception {
        assertThat(run("{'image': 'alpine', 'command': 'echo \"$(cat)|$1|$2|$COLOR\"', 'stdin': 'in',"
                                + " 'arguments': ['a b', 7], 'environment': {'COLOR': 'red'}}")
                        .textValue())
                .isEqualTo("in|a b|7|red");
        assertThat(run("{'image': 'alpine', 'name': 'b', 'command': 'printf', 'arguments': ['%s', '$(ls)']}")
                        .textValue())
                .isEqualTo("$(ls)");
    }

    @Test
    void returnsWhatTheAuthorAskedFor() throws Exception {
        String command = "'image': 'alpine', 'command': 'echo out; echo err >&2; exit 3'";

        assertThat(Json.write(run("{" + command + ", 'return': 'all'}")))
                .isEqualTo("{\"code\":3,\"stdout\":\"out\",\"stderr\":\"err\"}");
        assertThat(failure("{" + command + "}").title()).isEqualTo("Exit code 3");
    }

    @Test
    void asksForPortsVolumesAndLimits() throws Exception {
        run("{'image': 'hello-world', 'ports': {'8080': 80, '53': '53/udp'}, 'volumes': {'data': '/data',"
                + " '/srv/shared/x': '/x'}}");

        JsonNode asked = engine.created().getFirst();
        assertThat(Json.write(asked.at("/HostConfig/PortBindings")))
                .isEqualTo("{\"80/tcp\":[{\"HostPort\":\"8080\"}],\"53/udp\":[{\"HostPort\":\"53\"}]}");
        assertThat(Json.write(asked.at("/HostConfig/Binds"))).isEqualTo("[\"data:/data\",\"/srv/shared/x:/x\"]");
        assertThat(asked.at("/HostConfig/Memory").asLong()).isEqualTo(512L << 20);
        assertThat(asked.at("/HostConfig/PidsLimit").asInt()).isEqualTo(128);
        assertThat(asked.path("Env")).contains(Json.NODES.textNode("ORQUESTRAX_IDEMPOTENCY_KEY=instance-1.7"));
    }

    @Test
    void refusesVolumesThatNobodyAllowed() {
        for (String path : List.of("/etc", "/srv/shared/../../etc", "/srv/sharedother", "./x")) {
            assertThat(failure("{'image': 'hello-world', 'volumes': {'" + path + "': '/x'}}")
                            .type())
                    .as(path)
                    .endsWith("/authorization");
        }
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThat(failure("{'image': '../containers/json'}").title()).isEqualTo("Invalid call");
        assertThat(failure("{'image': 'a/../b'}").title()).isEqualTo("Invalid call");
        assertThat(failure("{'image': 'hello-world', 'name': 'a/b'}").title()).isEqualTo("Invalid call");
    }

    @Test
    void removesAContainerWhereTheAuthorWantsIt() throws Exception {
        run("{'image': 'hello-world', 'name': 'stays'}");
        run("{'image': 'hello-world', 'name': 'goes', 'cleanup': 'always'}");

        assertThat(engine.names()).containsExactly("stays");
    }

    @Test
    void removesAContainerWhenItIsDue() throws Exception {
        run("{'image': 'hello-world', 'name': 'later', 'cleanup': 'eventually', 'after': 'PT30M'}");
        Engine seen = new Engine(
                new EngineClient(EngineAddress.parse(engine.address()).orElseThrow()));

        try (Sweeper early = new Sweeper(seen, () -> Instant.now().plus(Duration.ofMinutes(29)))) {
            early.sweep();
            assertThat(engine.names()).containsExactly("later");
        }
        try (Sweeper due = new Sweeper(seen, () -> Instant.now().plus(Duration.ofMinutes(31)))) {
            due.sweep();
            assertThat(engine.names()).isEmpty();
        }
    }

    @Test
    void takesThePlaceOfAnAttemptWhoseWorkerDied() throws Exception {
        Engine seen = new Engine(
                new EngineClient(EngineAddress.parse(engine.address()).orElseThrow()));
        JsonNode with = Json.readTrusted("{\"image\":\"alpine\",\"command\":\"sleep 1000\"}");
        ContainerSpec spec = ContainerSpec.read(with, "instance-1.7", TestingLimits.USUAL, List.of());
        seen.provide(spec);
        seen.start(seen.create(spec, "instance-1.7"));
        assertThat(engine.isAnyRunning()).isTrue();

        assertThat(run("{'image': 'hello-world'}").textValue()).isEqualTo("Hello from Docker!");
        assertThat(engine.names()).containsExactly("orquestrax-instance-1.7");

        // One of another job keeps its name.
        seen.create(ContainerSpec.read(named("taken"), "instance-2.1", TestingLimits.USUAL, List.of()), "instance-2.1");
        assertThat(failure("{'image': 'hello-world', 'name': 'taken'}").detail())
                .contains("in use");
    }

    @Test
    void removesAtItsStartWhatADeadWorkerLeft() throws Exception {
        WorkerMark self = WorkerMark.ofThisProcess().orElseThrow();
        Process other = new ProcessBuilder("sleep", "1000").start();
        other.destroyForcibly().waitFor();
        create("of-the-dead", new WorkerMark(self.place(), other.pid(), "1").text(), true);
        create("of-the-dead-too", new WorkerMark(self.place(), self.pid(), self.startedAt() + "0").text(), false);
        create("of-the-living", self.text(), true);
        create("of-another-machine", new WorkerMark("elsewhere", other.pid(), "1").text(), true);

        try (TestingConnectors connectors = connectors(Map.of())) {
            assertThat(connectors.connector("container")).isNotNull();
            Waiting.until(
                    "what nobody watches is gone",
                    () -> engine.names().equals(List.of("of-another-machine", "of-the-living")));
        }
    }

    private void create(String name, String worker, boolean isStarted) throws Exception {
        Engine seen = new Engine(
                new EngineClient(EngineAddress.parse(engine.address()).orElseThrow()));
        JsonNode with = Json.readTrusted("{\"image\":\"alpine\",\"name\":\"" + name + "\",\"command\":\"sleep 1000\"}");
        ContainerSpec spec = ContainerSpec.read(with, name, TestingLimits.USUAL, List.of());
        ((ObjectNode) spec.body().path("Labels")).put(WorkerMark.LABEL, worker);
        seen.provide(spec);
        String id = seen.create(spec, name);
        if (isStarted) {
            seen.start(id);
        }
    }

    private static JsonNode named(String name) {
        return Json.readTrusted("{\"image\":\"alpine\",\"name\":\"" + name + "\"}");
    }

    @Test
    void endsTheContainerOfAJobThatIsCancelled() throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread running = Thread.ofVirtual()
                    .start(() -> end.set(catchThrowable(() -> connectors.call(
                            "container", "{'image': 'alpine', 'command': 'sleep 1000', 'cleanup': 'always'}"))));
            Waiting.until("it runs", engine::isAnyRunning);

            running.interrupt();
            running.join();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(engine.isAnyRunning()).isFalse();
            assertThat(engine.names()).isEmpty();
        }
    }

    @Test
    void endsAtItsLimits() {
        WorkflowError slow =
                failure(Map.of("connectors.process.timeout", "500ms"), "{'image': 'alpine', 'command': 'sleep 1000 '}");
        assertThat(slow.type()).endsWith("/timeout");

        Map<String, String> limit = Map.of("connectors.process.output-max-bytes", "10000");
        assertThat(failure(limit, "{'image': 'alpine', 'name': 'b', 'command': 'yes'}")
                        .title())
                .isEqualTo("Output too large");
        assertThat(failure("{'image': 'greedy:1', 'name': 'c'}").title()).isEqualTo("Too much memory");
        assertThat(engine.isAnyRunning()).isFalse();
    }

    @Test
    void saysWhereItExpectedAnEngine() {
        WorkflowError error = failure(
                Map.of("connectors.container.engine", "unix:///nowhere/docker.sock"), "{'image': 'hello-world'}");

        assertThat(error.title()).isEqualTo("No container engine");
        assertThat(error.detail()).contains("unix:///nowhere/docker.sock", "connectors.container.engine");
    }

    private TestingConnectors connectors(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "connectors", "container",
                "connectors.container.engine", engine.address(),
                "connectors.container.volumes", "/srv/shared"));
        all.putAll(settings);
        return TestingConnectors.of(all, Map.of());
    }

    private JsonNode run(String with) throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            return connectors.call("container", with.replace("\"", "\\\""));
        }
    }

    private WorkflowError failure(String with) {
        return failure(Map.of(), with);
    }

    private WorkflowError failure(Map<String, String> settings, String with) {
        try (TestingConnectors connectors = connectors(settings)) {
            return connectors.failure("container", with.replace("\"", "\\\""));
        }
    }
}
