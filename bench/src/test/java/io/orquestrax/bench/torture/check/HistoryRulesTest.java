package io.orquestrax.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The checks find what is planted, and nothing where all is well. */
class HistoryRulesTest {

    @Test
    void aGoodHistoryIsLeftAlone() {
        assertThat(HistoryRules.check(TestingHistory.ofChild().evidence())).isEmpty();
        assertThat(EndRules.check(TestingHistory.ofChild().evidence())).isEmpty();
    }

    @Test
    void findsAGap() {
        assertThat(promises(TestingHistory.ofChild().without(2))).contains(HistoryRules.GAPLESS);
    }

    @Test
    void findsAHistoryWithoutItsStart() {
        assertThat(promises(TestingHistory.ofChild().without(0))).contains(HistoryRules.WHOLE);
    }

    @Test
    void findsAHistoryThatGoesOnAfterItsEnd() {
        assertThat(promises(TestingHistory.ofChild().add("TaskStarted", 3, 0))).contains(HistoryRules.WHOLE);
        assertThat(promises(TestingHistory.ofChild().add("InstanceCompleted", 0, 0)))
                .contains(HistoryRules.WHOLE);
    }

    @Test
    void findsAnActivationThatEndedTwice() {
        assertThat(promises(TestingHistory.ofChild().add("TaskCompleted", 1, 1)))
                .contains(HistoryRules.ONCE);
        assertThat(promises(TestingHistory.ofChild().add("TaskFaulted", 2, 0))).contains(HistoryRules.ONCE);
    }

    @Test
    void findsAnEarlyTimer() {
        TestingHistory early = new TestingHistory("id", "child")
                .add("InstanceStarted", 0, 0)
                .due("WaitStarted", 1, 10)
                .add("TaskCompleted", 1, 0)
                .add("InstanceCompleted", 0, 0);
        TestingHistory retry = new TestingHistory("id", "child")
                .add("InstanceStarted", 0, 0)
                .due("JobFailed", 1, 10)
                .add("JobRetried", 1, 2)
                .add("InstanceCompleted", 0, 0);

        assertThat(promises(early)).containsExactly(HistoryRules.NOT_EARLY);
        assertThat(promises(retry)).containsExactly(HistoryRules.NOT_EARLY);
    }

    @Test
    void findsAnEventThatWasConsumedTwice() {
        TestingHistory twice = new TestingHistory("id", "listener")
                .add("InstanceStarted", 0, 0)
                .consumed(1, 7)
                .consumed(1, 8)
                .consumed(1, 7)
                .add("InstanceCompleted", 0, 0);

        assertThat(promises(twice)).containsExactly(HistoryRules.CONSUMED_ONCE);
    }

    @Test
    void findsAnInstanceThatIsStuck() {
        InstanceEvidence stuck = TestingHistory.ofChild().open().evidence();

        assertThat(EndRules.check(stuck)).extracting(Violation::promise).containsExactly(EndRules.NOT_STUCK);
        assertThat(HistoryRules.check(stuck)).isEmpty();
    }

    @Test
    void findsAWrongEndAndAWrongOutput() {
        InstanceEvidence faulted = TestingHistory.ofChild().status("faulted").evidence();
        InstanceEvidence wrong =
                TestingHistory.ofChild().output("{\"number\":6}").evidence();
        InstanceEvidence unknown = new TestingHistory("id", "no-such").evidence();

        assertThat(List.of(faulted, wrong, unknown))
                .allSatisfy(instance -> assertThat(EndRules.check(instance))
                        .extracting(Violation::promise)
                        .containsExactly(EndRules.AS_COMPUTED));
    }

    private static List<String> promises(TestingHistory history) {
        return HistoryRules.check(history.evidence()).stream()
                .map(Violation::promise)
                .distinct()
                .toList();
    }
}
