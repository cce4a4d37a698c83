package io.orquestrax.server.connector.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.store.Waiting;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP over the standard input and output of a server that is started for the call. */
@Timeout(120)
class McpStdioTest {
    private static final String PROGRAM = TestingMcpServer.program().toString();

    @Test
    void callsAToolOfAServerThatWasGreeted() throws Exception {
        JsonNode result = call(tool("echo", "{'b': 1.10, 'a': [true]}"));

        assertThat(Json.write(result.path("structuredContent"))).isEqualTo("{\"b\":1.1,\"a\":[true]}");
    }

    @Test
    void listsWhatAServerHas() throws Exception {
        assertThat(call("{'method': 'tools/list', 'transport': {'stdio': {'command': 'server'}}}")
                        .at("/tools/0/name")
                        .textValue())
                .isEqualTo("echo");
    }

    @Test
    void givesTheServerItsEnvironmentAndTheKeyAndNothingElse() throws Exception {
        assertThat(environment("TOKEN")).isEqualTo("abc");
        assertThat(environment("ORQUESTRAX_IDEMPOTENCY_KEY")).isEqualTo("instance-1.7");
        assertThat(environment("JAVA_HOME")).isEqualTo("nothing");
    }

    private static String environment(String name) throws Exception {
        return call(tool("environment", "{'name': '" + name + "'}"))
                .at("/content/0/text")
                .textValue();
    }

    @Test
    void failsWithARuntimeErrorWhereTheServerRefusesOrTheToolFails() {
        WorkflowError refused = failure("{'method': 'prompts/list', 'transport': {'stdio': {'command': 'server'}}}");
        assertThat(refused.type()).endsWith("/runtime");
        assertThat(refused.detail()).contains("Method not found", "-32601");

        WorkflowError failed = failure(tool("fail", "{}"));
        assertThat(failed.type()).endsWith("/runtime");
        assertThat(failed.detail()).contains("fail", "no such thing");
    }

    @Test
    void tellsWhatAServerSaidThatEnded() {
        WorkflowError error = failure(tool("die", "{}"));

        assertThat(error.title()).isEqualTo("MCP server ended");
        assertThat(error.detail()).contains("the server broke");
    }

    @Test
    void endsAServerThatDoesNotAnswerInTime() {
        WorkflowError error = failure(tool("hang", "{}").replace("'method'", "'timeout': 'PT0.5S', 'method'"));

        assertThat(error.type()).endsWith("/runtime");
        assertThat(error.title()).isEqualTo("Call timed out");
        assertThat(isAnyServerRunning()).isFalse();
    }

    @Test
    void endsAServerThatSaysTooMuch() {
        assertThat(failure(tool("flood", "{}")).title()).isEqualTo("Output too large");
        assertThat(isAnyServerRunning()).isFalse();
    }

    @Test
    void endsTheServerOfACallThatIsCancelled() throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread running = Thread.ofVirtual()
                    .start(() -> end.set(catchThrowable(() -> connectors.call("mcp", tool("hang", "{}")))));
            Waiting.until("the server runs", McpStdioTest::isAnyServerRunning);

            running.interrupt();
            running.join();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(isAnyServerRunning()).isFalse();
        }
    }

    @Test
    void saysThatAServerComplainsTooMuch() {
        WorkflowError error = failure(tool("complain", "{}"));

        assertThat(error.title()).isEqualTo("Output too large");
        assertThat(error.detail()).contains("on standard error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=relative", "x=./relative", "relative/path", "x=/no/such/program", "x="})
    void startsNotWithACommandThatIsNone(String command) {
        assertThatThrownBy(() -> connectors(Map.of("connectors.mcp.commands", command)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("connectors.mcp.commands")
                .hasMessageContaining(command);
    }

    @Test
    void startsOnlyWhatAnOperatorAllows() {
        WorkflowError error =
                failure("{'method': 'tools/list', 'transport': {'stdio': {'command': '" + PROGRAM + "'}}}");

        assertThat(error.type()).endsWith("/authorization");
        assertThat(error.detail()).contains("connectors.mcp.commands");
    }

    /** By its arguments, for the kernel names the interpreter. */
    private static boolean isAnyServerRunning() {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains(PROGRAM) && each.isAlive());
    }

    private static String tool(String name, String arguments) {
        return "{'method': 'tools/call', 'parameters': {'name': '" + name + "', 'arguments': " + arguments
                + "}, 'transport': {'stdio': {'command': 'server', 'environment': {'TOKEN': 'abc'}}}}";
    }

    private static TestingConnectors connectors(Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("connectors", "mcp", "connectors.mcp.commands", "server=" + PROGRAM));
        all.putAll(settings);
        return TestingConnectors.of(all, Map.of());
    }

    private static JsonNode call(String with) throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            return connectors.call("mcp", with);
        }
    }

    private static WorkflowError failure(String with) {
        try (TestingConnectors connectors = connectors(Map.of())) {
            return connectors.failure("mcp", with);
        }
    }
}
