package io.orquestrax.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.Orquestrax;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void measuresEverythingAndLeavesNothingBehind() throws Exception {
        Set<Path> before = temporaryDirectories();

        int exitCode = run("bench", "--output", "json", "--runs", "1", "--instances", "50", "--in-flight", "10");

        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
        JsonNode results = Json.read(out.toString(StandardCharsets.UTF_8));
        assertThat(results)
                .extracting(result -> result.path("name").asText())
                .containsExactly("one-step", "ten-step", "latency-p50", "latency-p99");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.path("value").asDouble()).isPositive();
            assertThat(result.path("unit").asText()).isNotEmpty();
            assertThat(result.path("goal").isNull()).isTrue();
            assertThat(result.path("runs")).hasSize(1);
        });
        assertThat(temporaryDirectories()).isEqualTo(before);
    }

    @Test
    void namesTheBenchmarksWhereAnUnknownOneIsAskedFor() {
        int exitCode = run("bench", "--only", "no-such");

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("one-step, ten-step, latency-p50", "no-such");
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                new Style(false),
                new Style(false),
                false,
                false,
                100,
                Map.of(),
                Clock.systemUTC());
        return Orquestrax.run(terminal, arguments);
    }

    private static Set<Path> temporaryDirectories() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("orquestrax-bench-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
