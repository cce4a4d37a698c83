package io.orquestrax.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.bench.benchmark.Benchmark;
import io.orquestrax.bench.benchmark.Figure;
import io.orquestrax.bench.environment.TemporaryDirectory;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    @Test
    void measuresEverythingAndLeavesNothingBehind() throws Exception {
        Set<Path> before = temporaryDirectories();

        TestingBench bench =
                TestingBench.run("bench", "--quick", "--jvm-option", "-XX:TieredStopAtLevel=1", "--output", "json");

        assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.OK);
        JsonNode results = Json.read(bench.out());
        assertThat(results)
                .extracting(result -> result.path("name").asText())
                .containsExactlyElementsOf(Benchmark.all().stream()
                        .flatMap(benchmark -> benchmark.figures().stream())
                        .map(Figure::name)
                        .toList());
        assertThat(results).allSatisfy(result -> {
            assertThat(result.path("value").asDouble()).isNotNegative();
            assertThat(result.path("unit").asText()).isNotEmpty();
            assertThat(result.path("goal").asText()).matches("[≥≤] [0-9.]+");
            assertThat(result.path("runs")).hasSize(1);
            assertThat(result.path("warmUp").path("seconds").isNumber()).isTrue();
            assertThat(result.path("warmUp").path("level").isBoolean()).isTrue();
        });
        assertThat(results)
                .filteredOn(result -> result.path("name").asText().endsWith("-step-cpu"))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.path("parts").properties())
                        .extracting(Map.Entry::getKey)
                        .containsExactly("client", "node", "postgres", "worker"));
        assertThat(results)
                .filteredOn(result -> result.path("name").asText().equals("journal-ratio"))
                .singleElement()
                .satisfies(result -> {
                    JsonNode rates = result.path("parts");
                    double ratio =
                            rates.path("journal").asDouble() / rates.path("raw").asDouble();
                    assertThat(result.path("value").asDouble()).isCloseTo(ratio, Percentage.withPercentage(1));
                });
        assertThat(results)
                .filteredOn(result -> result.path("unit").asText().endsWith("/s")
                        && !result.path("name").asText().equals("idle"))
                .allSatisfy(
                        result -> assertThat(result.path("value").asDouble()).isPositive());
        assertThat(temporaryDirectories()).isEqualTo(before);
    }

    @Test
    void namesTheBenchmarksWhereAnUnknownOneIsAskedFor() {
        TestingBench bench = TestingBench.run("bench", "--only", "no-such");

        assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(bench.err()).contains("one-step, one-step-cpu, ten-step, ten-step-cpu, in-engine", "no-such");
    }

    /** Of this process; others may measure at the same time. */
    private static Set<Path> temporaryDirectories() throws IOException {
        String prefix = TemporaryDirectory.prefix();
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
