package io.orquestrax.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.bench.torture.plan.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the torture bench, with faults that the seed chooses. */
class TortureRunTest {
    private static final Duration DURATION = Duration.ofSeconds(30);
    private static final int NODES = 2;
    private static final int WORKERS = 1;
    private static final int PER_SECOND = 5;

    @TempDir
    private Path directory;

    @Test
    void keepsEveryPromiseThroughFaults() throws Exception {
        long seed = Long.getLong("orquestrax.seed", System.nanoTime());
        System.out.println("TortureRunTest: -Dorquestrax.seed=" + seed);
        TortureOptions options =
                new TortureOptions(seed, NODES, WORKERS, DURATION, List.of(FaultKind.values()), PER_SECOND);

        TortureResult result = new TortureRun(options, directory, System.out::println).run();

        TortureReport report = new TortureReport(result);
        assertThat(report.violations()).isEmpty();
        assertThat(result.faults()).isNotEmpty();
        JsonNode json = report.json();
        // A check that looked at nothing would find nothing.
        assertThat(List.of("instances", "events", "acknowledgements", "executions"))
                .allSatisfy(
                        count -> assertThat(json.path(count).asLong()).as(count).isPositive());
        assertThat(report.markdown()).contains("| **violations** | 0 |");
    }
}
