package io.orquestrax.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Load LOAD = new Load(Duration.ofSeconds(30), 1000, 10);

    private final List<Load> windows = new ArrayList<>();

    @Test
    void runsALoadOnceForTheSameProcesses() throws Exception {
        WarmUp warmUp = new WarmUp(Duration.ofHours(1), LOAD);
        Object processes = new Object();

        warmUp.untilLevel(processes, "ten-step", this::level);
        warmUp.untilLevel(processes, "ten-step", this::level);
        assertThat(windows).hasSize(6);
        warmUp.untilLevel(processes, "fan-out", this::level);
        warmUp.untilLevel(new Object(), "ten-step", this::level);

        assertThat(windows).hasSize(18).containsOnly(new Load(Duration.ofSeconds(5), 1000, 10));
        assertThat(warmUp.report().isLevel()).isTrue();
    }

    @Test
    void saysWhereTheTimeWasOverBeforeTheRateWasLevel() throws Exception {
        WarmUp warmUp = new WarmUp(Duration.ofNanos(1), LOAD);

        warmUp.untilLevel(new Object(), "one-step", this::level);

        assertThat(warmUp.report().isLevel()).isFalse();
        assertThat(warmUp.report()).isEqualTo(new WarmUp.Report(Duration.ZERO, true));
    }

    @Test
    void runsNothingWhereSpeedDoesNotMatter() throws Exception {
        WarmUp warmUp = new WarmUp(Duration.ZERO, LOAD);

        warmUp.untilLevel(new Object(), "one-step", this::level);
        warmUp.once(load -> {
            throw new AssertionError("Expected no run");
        });

        assertThat(windows).isEmpty();
        assertThat(warmUp.report()).isEqualTo(new WarmUp.Report(Duration.ZERO, true));
    }

    private double level(Load load) {
        windows.add(load);
        return 100;
    }
}
