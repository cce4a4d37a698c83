package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.LossReason;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a job. */
class JobTest {
    private static final String ONE_CALL = """
            do:
              - greet:
                  call: greeter
                  with:
                    name: ${ .who }
                  metadata:
                    job:
                      total: PT1M
                  output:
                    as: .text
            """;

    private static final JobRetryPolicy POLICY = new JobRetryPolicy(
            3, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0, Set.of("https://example.com/fatal"));

    @Test
    void offersTheEvaluatedArgumentsAndTransformsTheResult() {
        TestingInstance instance = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");

        JobOffer job = instance.job("greeter");
        assertThat(job.arguments()).isEqualTo(json("{\"name\":\"Ada\"}"));
        assertThat(job.attempt()).isEqualTo(1);
        instance.complete("greeter", "{\"text\":\"Hello Ada\"}");

        assertThat(instance.output()).isEqualTo(json("\"Hello Ada\""));
    }

    @Test
    void countsAResultOnce() {
        TestingInstance instance = TestingInstance.of(ONE_CALL + "  - second:\n      call: other\n")
                .start("{\"who\":\"Ada\"}");
        JobOffer job = instance.job("greeter");

        assertThat(instance.complete(job, "{\"text\":\"one\"}")).isEqualTo(Reply.ACCEPTED);
        assertThat(instance.complete(job, "{\"text\":\"two\"}")).isEqualTo(new Reply.Refused(Refusal.JOB_STALE));
        assertThat(instance.job("other").arguments()).isEqualTo(json("\"one\""));
    }

    @Test
    void refusesAResultOfAnAttemptThatWasLost() {
        TestingInstance instance = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");
        JobOffer first = instance.job("greeter");

        instance.lose("greeter", LossReason.WORKER_GONE);
        JobOffer second = instance.job("greeter");

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.lastProgress()).isEqualTo(json("{\"rows\":3}"));
        assertThat(instance.complete(first, "{}")).isEqualTo(new Reply.Refused(Refusal.JOB_STALE));
        assertThat(instance.complete(second, "{\"text\":\"hi\"}")).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void faultsAJobThatIsLostTooOftenButNotOneThatNobodyClaimed() {
        TestingInstance counted = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");
        for (int loss = 0; loss <= Jobs.MAX_LOSSES; loss++) {
            counted.lose("greeter", LossReason.HEARTBEAT_MISSED);
        }
        assertThat(counted.error().type()).isEqualTo(StandardError.RUNTIME.type());

        TestingInstance unclaimed = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");
        for (int loss = 0; loss <= Jobs.MAX_LOSSES; loss++) {
            unclaimed.lose("greeter", LossReason.UNCLAIMED);
        }
        assertThat(unclaimed.state().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void appliesTheHandlersPolicyBeforeTheWorkflowSeesTheError() {
        TestingInstance instance = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");

        instance.fail("greeter", "https://example.com/busy", 503, true, POLICY);
        assertThat(instance.state().wakeAt()).contains(instance.now().plusSeconds(1));
        instance.advance("PT1S").fail("greeter", "https://example.com/busy", 503, true, POLICY);
        assertThat(instance.state().wakeAt()).contains(instance.now().plusSeconds(2));
        instance.advance("PT2S");
        assertThat(instance.job("greeter").attempt()).isEqualTo(3);
        instance.fail("greeter", "https://example.com/busy", 503, true, POLICY);

        assertThat(instance.error().status()).isEqualTo(503);
    }

    @Test
    void doesNotRetryWhatTheHandlerSaysIsOfNoUse() {
        TestingInstance listed = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");
        listed.fail("greeter", "https://example.com/fatal", 400, true, POLICY);
        assertThat(listed.error().status()).isEqualTo(400);

        TestingInstance flagged = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");
        flagged.fail("greeter", "https://example.com/busy", 503, false, POLICY);
        assertThat(flagged.error().status()).isEqualTo(503);
    }

    @Test
    void endsAJobOverAllItsAttemptsInTime() {
        TestingInstance instance = TestingInstance.of(ONE_CALL).start("{\"who\":\"Ada\"}");

        instance.lose("greeter", LossReason.WORKER_GONE).advance("PT1M");

        assertThat(instance.error().type()).isEqualTo(StandardError.TIMEOUT.type());
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void sendsACommandToAnUnknownInstanceBack() {
        TestingInstance instance = TestingInstance.of(ONE_CALL);

        assertThat(instance.send(new Command.CancelInstance("tester", null)))
                .isEqualTo(new Reply.Refused(Refusal.INSTANCE_UNKNOWN));
    }
}
