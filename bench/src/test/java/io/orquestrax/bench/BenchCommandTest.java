package io.orquestrax.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    @Test
    void measuresEverythingAndLeavesNothingBehind() throws Exception {
        Set<Path> before = temporaryDirectories();

        TestingBench bench =
                TestingBench.run("bench", "--output", "json", "--runs", "1", "--instances", "50", "--in-flight", "10");

        assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.OK);
        JsonNode results = Json.read(bench.out());
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
        TestingBench bench = TestingBench.run("bench", "--only", "no-such");

        assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(bench.err()).contains("one-step, ten-step, latency-p50", "no-such");
    }

    private static Set<Path> temporaryDirectories() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("orquestrax-bench-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
