package io.orquestrax.bench.torture.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final List<FaultKind> ALL = List.of(FaultKind.values());
    private static final Duration LONG = Duration.ofMinutes(30);

    @Test
    void theSameSeedDrawsTheSamePlan() {
        FaultPlan plan = FaultPlan.draw(7, ALL, 3, 2, LONG);

        assertThat(FaultPlan.draw(7, ALL.reversed(), 3, 2, LONG)).isEqualTo(plan);
        assertThat(FaultPlan.draw(8, ALL, 3, 2, LONG)).isNotEqualTo(plan);
    }

    @Test
    void everyKindComesOnceBeforeAnyComesAgain() {
        FaultPlan plan = FaultPlan.draw(1, ALL, 3, 2, LONG);

        assertThat(plan.faults()).hasSizeGreaterThan(2 * ALL.size());
        Set<FaultKind> first = plan.faults().subList(0, ALL.size()).stream()
                .map(PlannedFault::kind)
                .collect(Collectors.toSet());
        assertThat(first).isEqualTo(EnumSet.allOf(FaultKind.class));
    }

    @Test
    void targetsAndLengthsAreThoseThatThereAre() {
        assertThat(FaultPlan.draw(1, ALL, 3, 2, LONG).faults()).allSatisfy(fault -> {
            assertThat(fault.target()).isBetween(0, fault.kind().victim() == FaultKind.Victim.WORKER ? 1 : 2);
            assertThat(fault.length())
                    .isBetween(fault.kind().shortest(), fault.kind().longest());
            assertThat(fault.pause()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
        });
    }

    @Test
    void oneNodeAloneIsNotAskedForWhatNeedsOthers() {
        assertThat(FaultPlan.draw(1, ALL, 1, 0, LONG).faults())
                .isNotEmpty()
                .allSatisfy(
                        fault -> assertThat(fault.kind().isPossibleWith(1, 0)).isTrue())
                .noneMatch(fault -> fault.kind() == FaultKind.CUT_PEERS || fault.kind() == FaultKind.KILL_WORKER);
        assertThat(FaultPlan.draw(1, List.of(FaultKind.CUT_PEERS), 1, 0, LONG).faults())
                .isEmpty();
    }

    @Test
    void aNodeLeavesGracefullyOnlyWhereAnotherStays() {
        assertThat(FaultKind.STOP_NODE.isGraceful(1)).isFalse();
        assertThat(FaultKind.STOP_NODE.isGraceful(2)).isTrue();
        assertThat(FaultKind.STOP_WORKER.isGraceful(1)).isTrue();
        assertThat(FaultKind.KILL_NODE.isGraceful(3)).isFalse();
    }

    @Test
    void everyKindIsFoundByItsWord() {
        assertThat(FaultKind.words()).doesNotHaveDuplicates();
        assertThat(ALL)
                .allSatisfy(kind -> assertThat(FaultKind.find(kind.word())).contains(kind));
        assertThat(FaultKind.find("earthquake")).isEmpty();
    }
}
