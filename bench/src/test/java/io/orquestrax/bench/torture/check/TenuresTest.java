package io.orquestrax.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.torture.check.Tenures.Takeover;
import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.plan.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenuresTest {
    private static final List<Claim> CLAIMS =
            List.of(claim(1, "a", "node-1.1", 0), claim(1, null, "node-1.1", 10), claim(2, "b", "node-2.1", 11));

    @Test
    void ownersMayWrite() {
        Tenures tenures = new Tenures(CLAIMS, List.of(commit("node-1.1", 5), commit("node-2.1", 12)));

        assertThat(tenures.check()).isEmpty();
    }

    @Test
    void findsACommitOfAnOwnerThatWasReplaced() {
        assertThat(promises(commit("node-1.1", 12))).containsExactly(Tenures.ONE_WRITER);
    }

    @Test
    void findsACommitAfterARelease() {
        assertThat(promises(commit("node-1.1", 10))).containsExactly(Tenures.ONE_WRITER);
    }

    @Test
    void findsACommitBeforeAnyClaim() {
        assertThat(promises(commit("node-2.1", 3))).containsExactly(Tenures.ONE_WRITER);
        assertThat(promises(commit("node-1.1", -1))).containsExactly(Tenures.ONE_WRITER);
    }

    @Test
    void findsAClaimThatDoesNotRaiseTheEpoch() {
        List<Claim> claims = List.of(claim(4, "a", "node-1.1", 0), claim(4, "b", "node-2.1", 1));

        assertThat(new Tenures(claims, List.of()).check())
                .extracting(Violation::promise)
                .containsExactly(Tenures.RISING);
    }

    @Test
    void countsBatchesThatCameTooLate() {
        Tenures tenures = new Tenures(CLAIMS, List.of());

        assertThat(tenures.late(List.of(commit("node-1.1", 5), commit("node-1.1", 12), commit("node-2.1", 12))))
                .isEqualTo(1);
    }

    @Test
    void tellsHowLongAPartitionStoodStill() {
        Tenures tenures = new Tenures(
                CLAIMS,
                List.of(commit("node-1.1", 5), commit("node-1.1", 9), commit("node-2.1", 14), commit("node-2.1", 15)));

        assertThat(tenures.takeovers()).containsExactly(new Takeover(0, at(9), at(11), at(14)));
        FaultTrace fault = new FaultTrace(
                1,
                FaultKind.STOP_NODE,
                "node-1",
                true,
                List.of(new FaultTrace.Mark(at(8), "leaves"), new FaultTrace.Mark(at(13), "joins")),
                at(8),
                at(20),
                true);
        assertThat(FailoverTimes.of(List.of(fault), tenures.takeovers()))
                .containsExactly(new FailoverTimes("stop-node", "leaves", List.of(Duration.ofSeconds(5))));
    }

    @Test
    void summarizesPauses() {
        List<Duration> pauses =
                IntStream.rangeClosed(1, 20).mapToObj(Duration::ofSeconds).toList();
        FailoverTimes times = new FailoverTimes("kill-node", "killed", pauses.reversed());

        assertThat(times.median()).isEqualTo(Duration.ofSeconds(10));
        assertThat(times.percentile95()).isEqualTo(Duration.ofSeconds(19));
        assertThat(times.longest()).isEqualTo(Duration.ofSeconds(20));
        assertThat(times.goal()).contains(Duration.ofSeconds(1));
    }

    private static List<String> promises(Commit commit) {
        return new Tenures(CLAIMS, List.of(commit))
                .check().stream().map(Violation::promise).toList();
    }

    private static Claim claim(long epoch, @Nullable String owner, String application, int second) {
        return new Claim(0, epoch, owner, application, at(second));
    }

    private static Commit commit(String application, int second) {
        return new Commit(0, "4711", application, at(second));
    }

    private static Instant at(int second) {
        return TestingHistory.BEGIN.plusSeconds(second);
    }
}
