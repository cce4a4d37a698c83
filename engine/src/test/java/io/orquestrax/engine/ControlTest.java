package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.effect.JobOffer;
import org.junit.jupiter.api.Test;

/** What a person or a clock does to a whole instance. */
class ControlTest {
    private static final String CALL_AND_WAIT = """
            timeout:
              after: PT1H
            do:
              - work:
                  call: work
              - rest:
                  wait: PT10M
              - report:
                  call: report
            """;

    @Test
    void startsOnce() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}").start("{\"other\":1}");

        assertThat(instance.history()).hasSize(2);
        assertThat(instance.state().input()).isEqualTo(json("{}"));
    }

    @Test
    void waitsAsLongAsTheAuthorSays() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}").complete("work", "{\"a\":1}");

        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        instance.advance("PT9M59S");
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        instance.restart();
        instance.advance("PT1S");

        assertThat(instance.job("report").arguments()).isEqualTo(json("{\"a\":1}"));
    }

    @Test
    void toleratesAWakeThatComesTooEarlyOrTwice() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}").complete("work", "{}");
        int before = instance.history().size();

        instance.send(new Command.WakeInstance());

        assertThat(instance.history()).hasSize(before);
    }

    @Test
    void suspendsWithoutLosingResultsAndResumes() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");
        JobOffer running = instance.job("work");

        instance.send(new Command.SuspendInstance("tester", "lunch"));
        assertThat(instance.state().status()).isEqualTo(Status.SUSPENDED);
        assertThat(instance.complete(running, "{\"done\":true}")).isEqualTo(Reply.ACCEPTED);
        assertThat(instance.eventTypes()).doesNotContain("WaitStarted");
        instance.advance("PT2H");
        assertThat(instance.state().status()).isEqualTo(Status.SUSPENDED);

        instance.send(new Command.ResumeInstance("tester", null));
        assertThat(instance.eventTypes()).contains("WaitStarted");
    }

    @Test
    void holdsQueuedJobsWhileSuspendedAndOffersThemAgain() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");

        instance.send(new Command.SuspendInstance("tester", null));
        assertThat(instance.jobs()).isEmpty();
        instance.send(new Command.ResumeInstance("tester", null));

        assertThat(instance.job("work").attempt()).isEqualTo(1);
    }

    @Test
    void offersWhatSomebodyRunsAlsoWhileSuspended() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");
        Command claim = new Command.ClaimJob(instance.job("work").activation(), 1);
        instance.send(new Command.SuspendInstance("tester", null));
        int before = instance.history().size();

        assertThat(instance.send(claim)).isEqualTo(Reply.ACCEPTED);

        assertThat(instance.job("work").attempt()).isEqualTo(1);
        assertThat(instance.history()).hasSize(before);
        instance.complete("work", "{}");
        assertThat(instance.send(claim)).isEqualTo(new Reply.Refused(Refusal.JOB_STALE));
    }

    @Test
    void refusesTheClaimOfAnAttemptThatIsNotOpen() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");
        long activation = instance.job("work").activation();
        instance.effects().clear();

        assertThat(instance.send(new Command.ClaimJob(activation, 2))).isEqualTo(new Reply.Refused(Refusal.JOB_STALE));
        assertThat(instance.effects()).isEmpty();
        assertThat(instance.send(new Command.ClaimJob(activation, 1))).isEqualTo(Reply.ACCEPTED);
        assertThat(instance.effects()).hasSize(1);
    }

    @Test
    void refusesToResumeWhatIsNotSuspended() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");

        assertThat(instance.send(new Command.ResumeInstance("tester", null)))
                .isEqualTo(new Reply.Refused(Refusal.INSTANCE_NOT_SUSPENDED));
    }

    @Test
    void cancelsWithdrawsJobsAndStaysCancelled() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");
        JobOffer running = instance.job("work");

        assertThat(instance.send(new Command.CancelInstance("tester", "changed my mind")))
                .isEqualTo(Reply.ACCEPTED);
        assertThat(instance.state().status()).isEqualTo(Status.CANCELLED);
        assertThat(instance.jobs()).isEmpty();
        assertThat(instance.complete(running, "{}")).isEqualTo(new Reply.Refused(Refusal.INSTANCE_CLOSED));
        assertThat(instance.send(new Command.CancelInstance("tester", null))).isEqualTo(Reply.ACCEPTED);
        assertThat(instance.send(new Command.SuspendInstance("tester", null)))
                .isEqualTo(new Reply.Refused(Refusal.INSTANCE_CLOSED));
        assertThat(instance.state().wakeAt()).isEmpty();
    }

    @Test
    void retriesAFaultedInstanceFromTheTaskThatFailed() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT)
                .start("{}")
                .complete("work", "{\"a\":1}")
                .advance("PT10M")
                .fail("report", "https://example.com/e", 500);
        assertThat(instance.state().status()).isEqualTo(Status.FAULTED);
        instance.restart();

        assertThat(instance.send(new Command.RetryInstance("tester", null))).isEqualTo(Reply.ACCEPTED);
        assertThat(instance.state().closedAt()).isEmpty();
        assertThat(instance.job("report").arguments()).isEqualTo(json("{\"a\":1}"));
        instance.complete("report", "{\"ok\":true}");

        assertThat(instance.output()).isEqualTo(json("{\"ok\":true}"));
        assertThat(instance.eventTypes())
                .filteredOn("JobCreated"::equals)
                .as("work once, report twice")
                .hasSize(3);
    }

    @Test
    void refusesToRetryWhatDidNotFault() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");

        assertThat(instance.send(new Command.RetryInstance("tester", null)))
                .isEqualTo(new Reply.Refused(Refusal.INSTANCE_NOT_FAULTED));
    }

    @Test
    void faultsTheWorkflowWhenItsOwnTimeIsOver() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}").advance("PT1H");

        assertThat(instance.error().type()).isEqualTo(StandardError.TIMEOUT.type());
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void anAttemptThatTheTimeoutEndedDoesNotCountAfterARetry() {
        TestingInstance instance = TestingInstance.of(CALL_AND_WAIT).start("{}");
        JobOffer late = instance.job("work");
        instance.advance("PT1H");

        instance.send(new Command.RetryInstance("tester", null));

        assertThat(instance.complete(late, "{}")).isEqualTo(new Reply.Refused(Refusal.JOB_STALE));
        assertThat(instance.job("work").attempt()).isEqualTo(2);
    }

    @Test
    void catchesTheTimeoutOfATask() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - guarded:
                              try:
                                - slow:
                                    do:
                                      - work:
                                          call: work
                                    timeout:
                                      after: PT5S
                              catch:
                                errors:
                                  with:
                                    status: 408
                                as: e
                                do:
                                  - note:
                                      set: ${ $e.instance }
                        """).start("{}").advance("PT5S");

        assertThat(instance.output()).isEqualTo(json("\"/do/0/guarded/try/0/slow\""));
        assertThat(instance.jobs()).isEmpty();
    }
}
