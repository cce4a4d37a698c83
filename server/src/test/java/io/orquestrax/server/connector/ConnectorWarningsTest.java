package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.dsl.Problem;
import io.orquestrax.engine.Status;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a deployment is told of connectors that nobody runs, or nobody may use. */
@Timeout(120)
class ConnectorWarningsTest {
    private static final String TASKS = """
            do:
            - fine: {call: http, with: {method: get, endpoint: 'http://127.0.0.1/'}}
            - ask: {call: a2a, with: {method: message/send, server: {uri: 'http://127.0.0.1/'}}}
            - list: {run: {shell: {command: ls}}}
            - later: {run: {await: false, script: {language: js, code: x}}}
            - own: {call: f}
            """;

    private final TestingRuns runs = new TestingRuns();

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void aDeploymentIsToldWhichTasksWillWaitOrFault() {
        try (Node node = runs.node(Map.of("connectors", "http,mcp", "connectors.refused", "a2a"))) {
            List<Problem> warnings = TestingRuns.deploy(node, "mixed", TASKS).warnings();

            assertThat(warnings)
                    .extracting(each -> each.line() + ":" + each.column() + " " + each.code() + " " + each.pointer())
                    .containsExactly(
                            "4:9 connector-refused /do/1/ask/call",
                            "5:16 connector-not-served /do/2/list/run/shell",
                            "6:31 connector-not-served /do/3/later/run/script");
            assertThat(warnings).allSatisfy(each -> assertThat(each.severity()).isEqualTo(Problem.Severity.WARNING));
            assertThat(warnings.getFirst().message()).contains("a2a stands in connectors.refused");
            assertThat(warnings.get(1).message()).contains("orquestrax worker --connectors shell");
            assertThat(TestingRuns.orchestration(node)
                            .validate(Caller.ANONYMOUS, document("mixed").getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(warnings);
        }
    }

    @Test
    void aTaskWhoseConnectorIsRefusedFaults() {
        try (Node node = runs.node(Map.of("connectors", "http,shell", "connectors.refused", "shell"))) {
            TestingRuns.deploy(node, "refused", "do: [{list: {run: {shell: {command: ls}}}}]\n");

            InstanceRow row = TestingRuns.await(node, TestingRuns.start(node, "refused"));

            assertThat(row.status()).isEqualTo(Status.FAULTED);
            assertThat(row.error())
                    .contains("\"Connector not allowed\"", "\"status\":403", "/do/0/list", "connectors.refused");
        }
    }

    @Test
    void refusesOnlyConnectorsThatThereAre() {
        assertThat(catchThrowableOfType(
                        InvalidSettingException.class,
                        () -> TestingConnectors.of(Map.of("connectors.refused", "telnet"), Map.of())))
                .hasMessageContaining("connectors.refused")
                .hasMessageContaining("telnet");
    }

    private static String document(String name) {
        return "document: {dsl: '1.0.3', namespace: test, name: " + name + ", version: '1.0.0'}\n" + TASKS;
    }
}
