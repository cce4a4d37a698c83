package io.orquestrax.cli.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.Orquestrax;
import io.orquestrax.cli.testing.TestingApi;
import io.orquestrax.cli.testing.TestingTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsCommandTest {
    private static final String LOG = function("1.1.0", "");
    private static final String RETIRED = function("1.0.0", ",\"retiredAt\":\"2026-01-02T00:00:00Z\"");

    @TempDir
    private Path directory;

    private final TestingApi api = new TestingApi();
    private final TestingTerminal terminal = new TestingTerminal("", Map.of("ORQUESTRAX_SERVER", api.address()));

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void listsVersionsWithTheirState() {
        api.on("GET /functions?pageSize=20", "{\"functions\":[" + LOG + "," + RETIRED + "]}");

        assertThat(run("functions")).isZero();

        assertThat(terminal.out().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).containsSubsequence("log", "1.1.0", "✓ callable", "0123456789ab"))
                .anySatisfy(line -> assertThat(line).containsSubsequence("log", "1.0.0", "retired"))
                .noneSatisfy(line -> assertThat(line).contains("0123456789abc"));
    }

    @Test
    void walksThroughPagesForPrograms() {
        api.on("GET /functions?pageSize=100", "{\"functions\":[" + LOG + "],\"nextPageToken\":\"two\"}");
        api.on("GET /functions?pageSize=100&pageToken=two", "{\"functions\":[" + RETIRED + "]}");

        assertThat(run("functions", "list", "--all", "--output", "json")).isZero();

        assertThat(terminal.out().lines()).containsExactly(LOG, RETIRED);
    }

    @Test
    void anEmptyListTellsHowToBegin() {
        api.on("GET /functions?pageSize=20", "{\"functions\":[]}");

        assertThat(run("functions")).isZero();

        assertThat(terminal.out()).contains("orquestrax functions deploy FILE");
    }

    @Test
    void deploysAFileUnderItsNameAndVersion() throws IOException {
        Path file = Files.writeString(directory.resolve("log.yaml"), "set: { a: 1 }\n");
        api.on("POST /functions/log/1.1.0", 201, "application/json", LOG);

        assertThat(run("functions", "deploy", file.toString(), "--name", "log", "--version", "1.1.0"))
                .isZero();

        assertThat(api.requests()).containsExactly("POST /functions/log/1.1.0 set: { a: 1 }");
        assertThat(terminal.out()).isEqualToIgnoringNewLines("✓ call: log:1.1.0@default");
    }

    @Test
    void showsTheLinesThatTheServerRefuses() throws IOException {
        Path file = Files.writeString(directory.resolve("log.yaml"), "sett: { a: 1 }\n");
        api.on(
                "POST /functions/log/1.1.0",
                422,
                "application/problem+json",
                "{\"code\":\"invalid-definition\",\"detail\":\"Expected a task\",\"violations\":[{\"code\":\"unknown\","
                        + "\"message\":\"Expected set\",\"line\":1,\"column\":1,\"severity\":\"error\"}]}");

        assertThat(run("functions", "deploy", file.toString(), "--name", "log", "--version", "1.1.0"))
                .isEqualTo(1);

        assertThat(terminal.err())
                .contains(file + ":1:1: error: Expected set", "    1 | sett: { a: 1 }", "invalid-definition");
    }

    @Test
    void deployNeedsNameAndVersion() {
        assertThat(run("functions", "deploy", "log.yaml")).isEqualTo(2);

        assertThat(terminal.err()).contains("--name", "--version");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void showsTheSourceAlone() {
        api.on("GET /functions/log/1.1.0", LOG);

        assertThat(run("functions", "show", "log", "1.1.0")).isZero();

        assertThat(terminal.out()).isEqualTo("set: { a: 1 }\n");
    }

    @Test
    void tellsThatThereIsNoSuchFunctionWithItsCode() {
        api.on(
                "GET /functions/log/9.0.0",
                404,
                "application/problem+json",
                "{\"code\":\"function-not-found\",\"detail\":\"Expected the function log:9.0.0, but there is none.\"}");

        assertThat(run("functions", "show", "log", "9.0.0")).isEqualTo(4);

        assertThat(terminal.err()).contains("function-not-found: Expected the function log:9.0.0");
    }

    @Test
    void retiresAVersion() {
        api.on("POST /functions/log/1.0.0:retire", RETIRED);

        assertThat(run("functions", "retire", "log", "1.0.0")).isZero();

        assertThat(api.requests()).containsExactly("POST /functions/log/1.0.0:retire {}");
        assertThat(terminal.out()).contains("log:1.0.0").contains("retired");
    }

    private int run(String... arguments) {
        return Orquestrax.run(terminal.terminal(), arguments);
    }

    private static String function(String version, String more) {
        return "{\"name\":\"log\",\"version\":\"" + version
                + "\",\"contentHash\":\"0123456789abcdef\",\"source\":\"set: { a: 1 }\","
                + "\"deployedAt\":\"2026-01-01T00:00:00Z\",\"deployedBy\":\"ada\"" + more + "}";
    }
}
