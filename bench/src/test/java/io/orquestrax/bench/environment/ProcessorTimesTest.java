package io.orquestrax.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProcessorTimesTest {
    @Test
    void readsItsOwnTimeAndThatOfChildrenThatHaveEnded() {
        String stat = "4711 (a (strange) name) S 1 4711 4711 0 -1 4194560 7 8 9 10 100 20 3 4 20 0 5 0 99 1000 200";

        assertThat(ProcessorTimes.ofStat(stat)).isEqualTo(Duration.ofMillis(1270));
    }

    @Test
    void growsWithWhatThisProcessDoes() {
        Duration before = ProcessorTimes.of(ProcessHandle.current());
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!ProcessorTimes.of(ProcessHandle.current()).minus(before).isPositive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        assertThat(ProcessorTimes.of(ProcessHandle.current())).isGreaterThan(before);
    }

    @Test
    void tellsWhatWasUsedSince() {
        ProcessorTimes before = new ProcessorTimes(new TreeMap<>(Map.of("node", Duration.ofSeconds(2))));
        ProcessorTimes after = new ProcessorTimes(
                new TreeMap<>(Map.of("node", Duration.ofSeconds(5), "worker", Duration.ofSeconds(1))));

        assertThat(after.minus(before).byProcess())
                .isEqualTo(Map.of("node", Duration.ofSeconds(3), "worker", Duration.ofSeconds(1)));
        assertThat(after.minus(before).total()).isEqualTo(Duration.ofSeconds(4));
    }
}
