package io.orquestrax.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.torture.load.ExecutionLog.Execution;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionRulesTest {
    private static final String ID = TestingHistory.ofChild().evidence().id();

    @Test
    void anExecutionForEachAttemptIsRight() {
        InstanceEvidence lostOnce = new TestingHistory(ID, "child")
                .add("InstanceStarted", 0, 0)
                .add("JobCreated", 1, 1)
                .add("JobLost", 1, 1)
                .executed("JobFailed", 1, 2)
                .add("JobRetried", 1, 3)
                .executed("TaskCompleted", 1, 3)
                .evidence();

        assertThat(ExecutionRules.check(lostOnce, executions("1.1", "1.2", "1.3")))
                .isEmpty();
        // The lost attempt need not have begun.
        assertThat(ExecutionRules.check(lostOnce, executions("1.2", "1.3"))).isEmpty();
    }

    @Test
    void findsAnAttemptThatWasExecutedTwice() {
        assertThat(ExecutionRules.check(TestingHistory.ofChild().evidence(), executions("1.1", "1.1")))
                .extracting(Violation::promise)
                .containsExactly(ExecutionRules.NOT_MORE_OFTEN);
    }

    @Test
    void findsAnAttemptThatTheHistoryDoesNotKnow() {
        assertThat(ExecutionRules.check(TestingHistory.ofChild().evidence(), executions("1.1", "1.2")))
                .extracting(Violation::promise)
                .containsExactly(ExecutionRules.NOT_MORE_OFTEN);
        assertThat(ExecutionRules.check(TestingHistory.ofChild().evidence(), executions("1.1", "9.1")))
                .extracting(Violation::promise)
                .containsExactly(ExecutionRules.NOT_MORE_OFTEN);
    }

    @Test
    void findsAResultThatNoHandlerGave() {
        assertThat(ExecutionRules.check(TestingHistory.ofChild().evidence(), List.of()))
                .extracting(Violation::promise)
                .containsExactly(ExecutionRules.NOT_INVENTED);
    }

    private static List<Execution> executions(String... jobs) {
        return Arrays.stream(jobs)
                .map(job -> new Execution(ID + "." + job, "worker-1"))
                .toList();
    }
}
