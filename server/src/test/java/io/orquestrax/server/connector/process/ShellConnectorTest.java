package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.Connector;
import io.orquestrax.server.connector.ConnectorCall;
import io.orquestrax.server.connector.TestingConnectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a shell command gets, what comes of it, and what stops it. */
@Timeout(120)
class ShellConnectorTest {

    @Test
    void givesWhatStandsOnStandardOutput() throws Exception {
        assertThat(run("{'command': 'echo \"Hello\"; echo World'}").textValue()).isEqualTo("Hello\nWorld");
    }

    @Test
    void givesInputArgumentsAndEnvironment() throws Exception {
        assertThat(
                        run("{'command': 'input=$(cat); echo \"$input|$1|$2|$COLOR\"', 'stdin': 'in', 'arguments': ['a b', 7],"
                                        + " 'environment': {'COLOR': 'red'}}")
                                .textValue())
                .isEqualTo("in|a b|7|red");
    }

    @Test
    void neverLetsAShellReadAnArgument() throws Exception {
        String evil = "; touch hacked #`touch hacked`$(touch hacked)*";

        assertThat(run("{'command': 'printf %s \"$1\"; ls', 'arguments': ['" + evil + "']}")
                        .textValue())
                .isEqualTo(evil);
        assertThat(run("{'command': 'printf', 'arguments': ['%s|%s', '" + evil + "', 'b']}")
                        .textValue())
                .isEqualTo(evil + "|b");
    }

    @Test
    void givesInputThatIsNoTextAsJson() throws Exception {
        assertThat(run("{'command': 'cat', 'stdin': {'a': 1.10}}").textValue()).isEqualTo("{\"a\":1.10}");
    }

    @Test
    void returnsWhatTheAuthorAskedFor() throws Exception {
        String command = "'command': 'echo out; echo err >&2; exit 0'";

        assertThat(run("{" + command + ", 'return': 'stderr'}").textValue()).isEqualTo("err");
        assertThat(run("{" + command + ", 'return': 'none'}").isNull()).isTrue();
        assertThat(Json.write(run("{" + command + ", 'return': 'all'}")))
                .isEqualTo("{\"code\":0,\"stdout\":\"out\",\"stderr\":\"err\"}");
        assertThat(run("{'command': 'exit 3', 'return': 'code'}").intValue()).isEqualTo(3);
        assertThat(run("{'command': 'kill -9 $$', 'return': 'code'}").intValue())
                .isEqualTo(137);
    }

    @Test
    void failsWithTheEndOfStandardErrorWhereTheCodeWasNotAskedFor() throws Exception {
        WorkflowError error = failure(Map.of(), "{'command': 'echo first >&2; echo no such thing >&2; exit 4'}");

        assertThat(error.type()).endsWith("/runtime");
        assertThat(error.title()).isEqualTo("Exit code 4");
        assertThat(error.detail())
                .isEqualTo("Expected the command to end with code 0, but it ended with 4: no such thing\n"
                        + "first\nno such thing");
        assertThat(failure(Map.of(), "{'command': 'echo none >&2; exit 4'}").detail())
                .endsWith("ended with 4: none");
    }

    @Test
    void knowsNothingOfTheWorkersEnvironment() throws Exception {
        assertThat(run("{'command': 'env'}").textValue().lines())
                .allMatch(line -> line.matches(
                        "(PATH|HOME|TMPDIR|LANG|PWD|OLDPWD|SHLVL|_|ORQUESTRAX_RUN|ORQUESTRAX_IDEMPOTENCY_KEY)=.*"))
                .contains("ORQUESTRAX_IDEMPOTENCY_KEY=instance-1.7");
    }

    @Test
    void noVariableOfTheAuthorReachesWhatKeepsTheRunWithinLimits() throws Exception {
        // The linker of every program that has these writes what it starts, each to a file of its own.
        String loaded = run("{'command': 'cat seen.*', 'environment': {'LD_DEBUG': 'libs', 'LD_DEBUG_OUTPUT': 'seen',"
                        + " 'ORQUESTRAX_RUN': 'mine'}}")
                .textValue();

        assertThat(loaded.lines().filter(line -> line.contains("transferring control: ")))
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*(setpriv|nice|unshare|prlimit)"));
        assertThat(run("{'command': 'env', 'environment': {'A': '$(id) ;*', 'ORQUESTRAX_RUN': 'mine'}}")
                        .textValue()
                        .lines())
                .contains("A=$(id) ;*")
                .doesNotContain("ORQUESTRAX_RUN=mine")
                .noneMatch(line -> line.startsWith("ORQUESTRAX_SET_"));
    }

    @Test
    void runsInADirectoryThatIsGoneAfterwards() throws Exception {
        Path directory = Path.of(run("{'command': 'mkdir -p a/b; echo x > a/b/c; chmod 000 a/b; pwd'}")
                .textValue());

        assertThat(directory).isAbsolute();
        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void endsAtItsTime() {
        WorkflowError error = failure(
                Map.of("connectors.process.timeout", "300ms"), "{'command': 'trap \"\" TERM; while :; do :; done'}");

        assertThat(error.type()).endsWith("/timeout");
        assertThat(error.title()).isEqualTo("Process timed out");
    }

    @Test
    void endsWhereItWritesTooMuch() {
        Map<String, String> limit = Map.of("connectors.process.output-max-bytes", "10000");

        assertThat(failure(limit, "{'command': 'yes'}").title()).isEqualTo("Output too large");
        assertThat(failure(limit, "{'command': 'yes >&2'}").detail()).contains("10000 bytes on standard error");
        assertThat(failure(limit, "{'command': 'head -c 10001 /dev/zero'}").title())
                .isEqualTo("Output too large");
    }

    @Test
    void endsWhereItTakesTooMuchMemory() {
        Map<String, String> limit = Map.of("connectors.process.memory-max-bytes", "64MiB");

        // One process is refused more, several together are ended.
        assertThat(failure(limit, "{'command': 'head -c 200000000 /dev/zero | tail -n 1 | wc -c >&2; exit 9'}")
                        .title())
                .isEqualTo("Exit code 9");
        assertThat(failure(
                                limit,
                                "{'command': 'for i in 1 2 3; do head -c 40000000 /dev/zero | tail -c 39000000 | (sleep 60; cat)"
                                        + " >/dev/null & done; wait'}")
                        .title())
                .isEqualTo("Too much memory");
    }

    @Test
    void endsWhereItWritesTooMuchToFiles() {
        Map<String, String> limit = Map.of("connectors.process.files-max-bytes", "100000");

        assertThat(failure(limit, "{'command': 'head -c 100001 /dev/zero > file'}")
                        .title())
                .startsWith("Exit code");
        assertThat(failure(limit, "{'command': 'for i in 1 2 3; do head -c 90000 /dev/zero > $i; done; sleep 60'}")
                        .title())
                .isEqualTo("Too many files");
    }

    @Test
    void failsWhereItStartsTooManyProcesses() {
        // Refused by the kernel, or ended by the connector.
        assertThat(failure(
                                Map.of("connectors.process.max-processes", "10"),
                                "{'command': 'for i in 1 2 3 4 5 6 7 8 9 10 11; do sleep 60 & done; wait'}")
                        .detail())
                .matches("(?is).*(cannot fork|fork: .*|Expected at most 10 processes).*");
    }

    @Test
    void tellsWhatItWritesWhileItRuns() throws Exception {
        List<JsonNode> progress = new CopyOnWriteArrayList<>();
        try (TestingConnectors connectors = connectors(Map.of())) {
            Connector shell = connectors.connector("shell");
            Path gate = Files.createTempFile("orquestrax-gate", "");
            Files.delete(gate);
            String with = "{'command': 'echo one; echo two; printf half; until [ -e \"$1\" ]; do sleep 0.05; done',"
                    + " 'arguments': ['" + gate + "']}";
            ConnectorCall call = new ConnectorCall(
                    Json.readTrusted("{\"with\":" + with.replace("\"", "\\\"").replace('\'', '"') + "}"),
                    "i.1",
                    told -> {
                        progress.add(told);
                        createQuietly(gate);
                    });

            assertThat(shell.execute(call).textValue()).isEqualTo("one\ntwo\nhalf");
            Files.delete(gate);
        }
        assertThat(progress).isNotEmpty();
        assertThat(Json.write(progress.getFirst())).isEqualTo("{\"message\":\"two\",\"stdout\":\"one\\ntwo\"}");
    }

    @Test
    void tellsNoPartOfASecretOfSeveralLines() throws Exception {
        List<JsonNode> progress = new CopyOnWriteArrayList<>();
        Path gate = Files.createTempFile("orquestrax-gate", "");
        Files.delete(gate);
        JsonNode arguments = Json.readTrusted("""
                {"with":{"command":"printf '%%s\\n' \\"$KEY\\"; until [ -e %s ]; do sleep 0.05; done","environment":{"KEY":null}},
                 "deferred":{"now":"2026-01-31T12:00:00Z","input":{},"variables":{},"secrets":["key"],
                 "values":[{"pointer":"/environment/KEY","expression":"$secrets.key"}]}}
                """.formatted(gate));
        ConnectorCall call = new ConnectorCall(arguments, "i.1", told -> {
            progress.add(told);
            createQuietly(gate);
        });
        try (TestingConnectors connectors = TestingConnectors.of(
                Map.of("connectors", "shell"), Map.of("ORQUESTRAX_SECRET_KEY", "CANARY-ONE\nCANARY-TWO"))) {
            assertThat(connectors.connector("shell").execute(call).textValue()).isEqualTo("***");
        }
        Files.delete(gate);

        assertThat(progress).isNotEmpty();
        assertThat(Json.write(progress.getFirst())).isEqualTo("{\"message\":\"***\",\"stdout\":\"***\"}");
    }

    private static void createQuietly(Path gate) {
        try {
            Files.writeString(gate, "");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void masksSecretsInOutputsAndErrors() throws Exception {
        String arguments = """
                {"with":{"command":"echo $KEY; echo $KEY >&2; exit $1","arguments":["%d"],"environment":{"KEY":null}},
                 "deferred":{"now":"2026-01-31T12:00:00Z","input":{},"variables":{},"secrets":["key"],
                 "values":[{"pointer":"/environment/KEY","expression":"$secrets.key"}]}}
                """;
        try (TestingConnectors connectors =
                TestingConnectors.of(Map.of("connectors", "shell"), Map.of("ORQUESTRAX_SECRET_KEY", "s3cr3t-value"))) {
            Connector shell = connectors.connector("shell");

            assertThat(shell.execute(call(arguments.formatted(0))).textValue()).isEqualTo("***");
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    io.orquestrax.server.connector.ConnectorFailure.class,
                                    () -> shell.execute(call(arguments.formatted(5))))
                            .error()
                            .detail())
                    .contains("***")
                    .doesNotContain("s3cr3t");
        }
    }

    private static ConnectorCall call(String arguments) {
        return new ConnectorCall(Json.readTrusted(arguments), "i.1", _ -> {});
    }

    @Test
    void refusesWhatCannotBePassed() {
        assertThat(failure(Map.of(), "{'command': 'x', 'environment': {'a b': 1}}")
                        .detail())
                .contains("\"a b\"");
        assertThat(failure(Map.of(), "{'command': 'x', 'arguments': 'a'}").title())
                .isEqualTo("Invalid call");
        assertThat(failure(Map.of(), "{'command': ' '}").detail()).isEqualTo("Expected a command, but it is empty.");
    }

    private static TestingConnectors connectors(Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put("connectors", "shell");
        return TestingConnectors.of(all, Map.of());
    }

    private static String json(String with) {
        return with.replace("\"", "\\\"");
    }

    private static JsonNode run(String with) throws Exception {
        try (TestingConnectors connectors = connectors(Map.of())) {
            return connectors.call("shell", json(with));
        }
    }

    private static WorkflowError failure(Map<String, String> settings, String with) {
        try (TestingConnectors connectors = connectors(settings)) {
            return connectors.failure("shell", json(with));
        }
    }
}
