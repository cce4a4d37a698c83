package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.ERROR;
import static io.orquestrax.server.job.TestingJobs.POLICY;
import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.failed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.json;
import static io.orquestrax.server.job.TestingJobs.offer;
import static io.orquestrax.server.job.TestingJobs.type;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DispatcherResultsTest extends DispatcherFixture {

    @Test
    void acknowledgesAResultOnceItIsDurable() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.hold();

        report(session, completed(1));
        assertThat(sink.acknowledged).isEmpty();
        gateway.answerAll(Reply.ACCEPTED);

        assertThat(sink.acknowledged).containsEntry(id(1), true);
        assertThat(gateway.sent(CompleteJob.class)).singleElement().satisfies(command -> {
            assertThat(command.worker()).isEqualTo("w");
            assertThat(command.startedAt()).isEqualTo(time.now());
            assertThat(command.output()).isEqualTo(json("{\"done\":true}"));
        });
        assertThat(dispatcher.presence(id(1))).isEmpty();
    }

    @Test
    void aFailureCarriesTheHandlersPolicyAndTheLastProgress() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));

        session.heartbeat(id(1), json("40"));
        session.heartbeat(id(1), null);
        report(session, failed(1));

        assertThat(gateway.sent(FailJob.class)).singleElement().satisfies(command -> {
            assertThat(command.error()).isEqualTo(ERROR);
            assertThat(command.retryable()).isTrue();
            assertThat(command.policy()).isEqualTo(POLICY);
            assertThat(command.progress()).isEqualTo(json("40"));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"JOB_STALE", "INSTANCE_CLOSED", "INSTANCE_UNKNOWN"})
    void tellsThatARefusedResultDidNotCount(Refusal refusal) {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.refuse(refusal);

        report(session, completed(1));

        assertThat(sink.acknowledged).containsEntry(id(1), false);
    }

    @Test
    void sendsAgainUntilThePartitionTakesIt() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.fail();

        report(session, completed(1));
        time.pass(Duration.ofMinutes(10));
        assertThat(gateway.commands()).hasSizeGreaterThan(100);
        assertThat(sink.acknowledged).isEmpty();

        gateway.accept();
        time.pass(Duration.ofSeconds(5));
        assertThat(sink.acknowledged).containsEntry(id(1), true);

        int sent = gateway.commands().size();
        time.pass(Duration.ofMinutes(1));
        assertThat(gateway.commands()).hasSize(sent);
    }

    @Test
    void mergesDuplicatesInFlight() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.hold();

        report(session, completed(1));
        report(session, completed(1));
        var overHttp = dispatcher.complete(id(1), json("1"));
        gateway.answerAll(Reply.ACCEPTED);

        assertThat(gateway.commands()).hasSize(1);
        assertThat(sink.acknowledged).containsExactly(java.util.Map.entry(id(1), true));
        assertThat(overHttp).isCompletedWithValue(true);
    }

    @Test
    void acknowledgesOverTheWorkersNewConnection() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.hold();
        report(session, completed(1));

        session.disconnected();
        TestingSink second = new TestingSink();
        WorkerSession again = dispatcher.connect(hello("w", 1, id(1)), second);
        report(again, completed(1));
        gateway.answerAll(Reply.ACCEPTED);

        assertThat(again.refusedClaims()).isEmpty();
        assertThat(gateway.commands()).hasSize(1);
        assertThat(second.acknowledged).containsEntry(id(1), true);
        assertThat(sink.acknowledged).isEmpty();
    }

    @Test
    void leavesResultsOfUnknownJobsToTheEngine() {
        WorkerSession session = connect(1);
        gateway.refuse(Refusal.JOB_STALE);

        report(session, completed(7));

        assertThat(gateway.sent(CompleteJob.class)).hasSize(1);
        assertThat(sink.acknowledged).containsEntry(id(7), false);
    }

    @Test
    void anUnknownJobsFailureHasThePolicyThatAllTypesOfItsWorkerShare() {
        WorkerSession session = connect(1);

        report(session, failed(7));

        assertThat(gateway.sent(FailJob.class))
                .singleElement()
                .extracting(FailJob::policy)
                .isEqualTo(POLICY);
    }

    @Test
    void anUnknownJobsFailureWaitsForItsOfferWhereThePolicyDependsOnIt() {
        WorkerSession session =
                dispatcher.connect(hello("w", 1, List.of(type("other", null), type(TYPE, POLICY))), sink);

        report(session, failed(7));
        assertThat(gateway.commands()).isEmpty();
        dispatcher.offerRecovered(List.of(offer(7)));

        assertThat(gateway.sent(FailJob.class))
                .singleElement()
                .extracting(FailJob::policy)
                .isEqualTo(POLICY);
        assertThat(sink.acknowledged).containsEntry(id(7), true);
    }

    @Test
    void anUnknownJobsFailureIsSentWithoutAPolicyWhenNoOfferComes() {
        WorkerSession session =
                dispatcher.connect(hello("w", 1, List.of(type("other", null), type(TYPE, POLICY))), sink);
        gateway.refuse(Refusal.JOB_STALE);

        report(session, failed(7));
        time.pass(UNCLAIMED_GRACE);

        assertThat(gateway.sent(FailJob.class))
                .singleElement()
                .extracting(FailJob::policy)
                .isNull();
        assertThat(sink.acknowledged).containsEntry(id(7), false);
    }

    @Test
    void anOutputAboveTheLimitFailsTheJobAndSaysSo() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));

        report(session, new JobResult.Completed(id(1), null, Json.NODES.textNode("x".repeat(999))));

        assertThat(gateway.sent(FailJob.class)).singleElement().satisfies(command -> {
            assertThat(command.error().title()).isEqualTo("Output too large");
            assertThat(command.error().detail()).contains("at most 1000 bytes", "1001");
            assertThat(command.retryable()).isFalse();
        });
    }

    @Test
    void anErrorKeepsItsFurtherMembersUnlessTheyAreTooLarge() {
        WorkerSession session = connect(2);
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));
        Map<String, JsonNode> few = Map.of("balance", Json.NODES.numberNode(30));
        Map<String, JsonNode> many = Map.of("log", Json.NODES.textNode("x".repeat(2000)));

        report(
                session,
                new JobResult.Failed(id(1), null, new WorkflowError("urn:e", 402, null, null, "no", few), true));
        report(
                session,
                new JobResult.Failed(id(2), null, new WorkflowError("urn:e", 402, null, null, "no", many), true));

        assertThat(gateway.sent(FailJob.class))
                .extracting(FailJob::error)
                .satisfiesExactly(kept -> assertThat(kept.members()).isEqualTo(few), bare -> {
                    assertThat(bare.members()).isEmpty();
                    assertThat(bare.type()).isEqualTo("urn:e");
                    assertThat(bare.detail()).startsWith("no").contains("at most 1000 bytes");
                });
    }

    @Test
    void aMalformedErrorFailsTheJobAndSaysSo() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));

        report(session, new JobResult.Failed(id(1), null, new WorkflowError("", 7, null, null, "boom"), true));

        assertThat(gateway.sent(FailJob.class)).singleElement().satisfies(command -> {
            assertThat(command.error().type()).isEqualTo(StandardError.RUNTIME.type());
            assertThat(command.error().detail()).contains("status 7", "boom");
        });
    }

    @Test
    void progressAboveTheLimitIsAHeartbeatWithoutAny() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));

        session.heartbeat(id(1), json("1"));
        session.heartbeat(id(1), Json.NODES.textNode("x".repeat(1000)));

        assertThat(dispatcher.presence(id(1))).map(JobPresence::progress).contains(json("1"));
    }

    @Test
    void aWithdrawnJobsResultIsStillAnswered() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        dispatcher.withdraw(id(1));
        gateway.refuse(Refusal.JOB_STALE);

        report(session, completed(1));

        assertThat(sink.acknowledged).containsEntry(id(1), false);
    }

    @Test
    void manyResultsAnsweredAtOnceDoNotNest() {
        WorkerSession session = connect(100_000);
        List<JobResult> results = java.util.stream.IntStream.range(0, 50_000)
                .mapToObj(TestingJobs::completed)
                .toList();

        session.results(results);

        assertThat(sink.acknowledged).hasSize(50_000);
    }
}
