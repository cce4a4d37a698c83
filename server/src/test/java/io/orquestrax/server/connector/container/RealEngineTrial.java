package io.orquestrax.server.connector.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.store.Waiting;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Against an engine of this machine, by hand, for a build has none: with {@code -Dtest=RealEngineTrial
 * -Dorquestrax.engine=unix:///run/podman/podman.sock}, and an image {@code busybox} there.
 */
@Timeout(300)
class RealEngineTrial {
    private static final String ADDRESS = System.getProperty("orquestrax.engine", "unix:///var/run/docker.sock");

    private final Engine engine =
            new Engine(new EngineClient(EngineAddress.parse(ADDRESS).orElseThrow()));

    @Test
    void givesInputArgumentsAndEnvironment() throws Exception {
        assertThat(run("'command': 'echo \"$(cat)|$1|$2|$COLOR\"', 'stdin': 'in', 'arguments': ['a b', 7],"
                                + " 'environment': {'COLOR': 'red'}")
                        .textValue())
                .isEqualTo("in|a b|7|red");
        assertThat(run("'command': 'echo', 'arguments': ['$(ls)']").textValue()).isEqualTo("$(ls)");
    }

    @Test
    void returnsWhatTheAuthorAskedFor() throws Exception {
        assertThat(Json.write(run("'command': 'echo out; echo err >&2; exit 3', 'return': 'all'")))
                .isEqualTo("{\"code\":3,\"stdout\":\"out\",\"stderr\":\"err\"}");
        assertThat(failure(Map.of(), "'command': 'exit 3'").title()).isEqualTo("Exit code 3");
    }

    @Test
    void endsAtItsLimits() {
        assertThat(failure(Map.of("connectors.process.timeout", "5s"), "'command': 'sleep 1000'")
                        .type())
                .endsWith("/timeout");
        assertThat(failure(Map.of("connectors.process.output-max-bytes", "10000"), "'command': 'yes'")
                        .title())
                .isEqualTo("Output too large");
        assertThat(failure(
                                Map.of("connectors.process.memory-max-bytes", "33554432"),
                                "'command': 'x=$(yes | head -c 200000000); echo ${#x}'")
                        .title())
                // Podman 4.3 does not tell the reason.
                .isIn("Too much memory", "Exit code 137");
    }

    @Test
    void endsTheContainerOfAJobThatIsCancelled() throws Exception {
        String name = "orquestrax-trial-" + UUID.randomUUID();
        try (TestingConnectors connectors = connectors(Map.of())) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread running = Thread.ofVirtual()
                    .start(() -> end.set(
                            catchThrowable(() -> connectors.call("container", with("'command': 'sleep 1000'", name)))));
            Waiting.until("it runs", () -> isRunning(name));

            running.interrupt();
            running.join();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            Waiting.until("it is gone", () -> !isRunning(name));
        }
    }

    @Test
    void saysWhichImageCannotBeHad() {
        assertThat(failure(Map.of(), "'image': 'localhost/nobody-has-it:1', 'pullPolicy': 'never'")
                        .title())
                .isEqualTo("Image not found");
    }

    private boolean isRunning(String name) throws Exception {
        return engine.client()
                .get("/containers/" + name + "/json")
                .body()
                .at("/State/Running")
                .asBoolean();
    }

    private static String with(String more, String name) {
        String image = more.contains("'image'") ? "" : "'image': 'busybox', ";
        return ("{" + image + "'name': '" + name + "', 'cleanup': 'always', " + more + "}").replace("\"", "\\\"");
    }

    private static TestingConnectors connectors(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("connectors", "container");
        all.put("connectors.container.engine", ADDRESS);
        return TestingConnectors.of(all, Map.of());
    }

    private static JsonNode run(String more) throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            return connectors.call("container", with(more, "orquestrax-trial-" + UUID.randomUUID()));
        }
    }

    private static WorkflowError failure(Map<String, String> settings, String more) {
        try (TestingConnectors connectors = connectors(settings)) {
            return connectors.failure("container", with(more, "orquestrax-trial-" + UUID.randomUUID()));
        }
    }
}
