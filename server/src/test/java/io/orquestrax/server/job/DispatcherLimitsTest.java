package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.POLICY;
import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.json;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.server.job.WorkerHello.JobType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DispatcherLimitsTest extends DispatcherFixture {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final JobLimits WAITING = new JobLimits(LIMIT, null, null, null, 5);
    private static final JobLimits RUNNING = new JobLimits(null, LIMIT, null, null, 5);
    private static final JobLimits HEARTBEAT = new JobLimits(null, null, LIMIT, null, 5);

    @Test
    void aJobThatNobodyTakesInTimeFails() {
        dispatcher.offer(offer(1, TYPE, WAITING));

        time.pass(LIMIT.minusMillis(1));
        assertThat(gateway.commands()).isEmpty();
        time.pass(Duration.ofMillis(1));

        assertThat(gateway.sent(FailJob.class)).singleElement().satisfies(command -> {
            assertThat(command.error().type()).isEqualTo(StandardError.TIMEOUT.type());
            assertThat(command.error().title()).isEqualTo("Waiting limit exceeded");
            assertThat(command.retryable()).isFalse();
            assertThat(command.policy()).isNull();
            assertThat(command.worker()).isNull();
        });
        connect(1);
        assertThat(sink.assigned()).isEmpty();
    }

    @Test
    void theWaitingLimitEndsWhenAWorkerTakesTheJob() {
        dispatcher.offer(offer(1, TYPE, WAITING));
        connect(1);

        time.pass(LIMIT.multipliedBy(3));

        assertThat(gateway.commands()).isEmpty();
    }

    @Test
    void aJobThatRunsTooLongIsCancelledAndFailsUnderTheHandlersPolicy() {
        connect(1);
        dispatcher.offer(offer(1, TYPE, RUNNING));

        time.pass(LIMIT);

        assertThat(sink.cancelled).containsExactly(id(1));
        assertThat(gateway.sent(FailJob.class)).singleElement().satisfies(command -> {
            assertThat(command.error().type()).isEqualTo(StandardError.TIMEOUT.type());
            assertThat(command.error().title()).isEqualTo("Running limit exceeded");
            assertThat(command.retryable()).isTrue();
            assertThat(command.policy()).isEqualTo(POLICY);
            assertThat(command.worker()).isEqualTo("w");
        });
    }

    @Test
    void theShorterOfTheAuthorsAndTheHandlersRunningLimitCounts() {
        JobType type = new JobType(TYPE, null, Duration.ofSeconds(2), Duration.ofSeconds(60));
        dispatcher.connect(hello("w", 2, List.of(type)), sink);

        dispatcher.offer(offer(1, TYPE, RUNNING));

        JobAssignment assignment = sink.assignments().getFirst();
        assertThat(assignment.runningLimit()).isEqualTo(Duration.ofSeconds(2));
        assertThat(assignment.heartbeatLimit()).isEqualTo(Duration.ofSeconds(60));
        time.pass(Duration.ofSeconds(2));
        assertThat(gateway.sent(FailJob.class)).hasSize(1);
    }

    @Test
    void heartbeatsDoNotProlongTheRunningLimit() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1, TYPE, RUNNING));

        time.pass(LIMIT.minusSeconds(1));
        session.heartbeat(id(1), null);
        time.pass(Duration.ofSeconds(1));

        assertThat(gateway.sent(FailJob.class)).hasSize(1);
    }

    @Test
    void aSilentJobIsLostAndItsWorkerToldToStop() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1, TYPE, HEARTBEAT));

        time.pass(LIMIT.minusSeconds(1));
        session.heartbeat(id(1), json("7"));
        time.pass(LIMIT.minusMillis(1));
        assertThat(gateway.commands()).isEmpty();
        time.pass(Duration.ofMillis(1));

        assertThat(sink.cancelled).containsExactly(id(1));
        assertThat(gateway.sent(LoseJob.class)).singleElement().satisfies(command -> {
            assertThat(command.reason()).isEqualTo(LossReason.HEARTBEAT_MISSED);
            assertThat(command.progress()).isEqualTo(json("7"));
        });
    }

    @Test
    void silenceWhileTheStreamIsBrokenIsNoMissedHeartbeat() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1, TYPE, HEARTBEAT));

        session.disconnected();
        time.pass(GRACE.minusSeconds(1));
        assertThat(gateway.commands()).isEmpty();
        dispatcher.connect(hello("w", 1, id(1)), new TestingSink());
        time.pass(LIMIT.minusSeconds(1));
        assertThat(gateway.commands()).isEmpty();

        time.pass(LIMIT);
        assertThat(gateway.sent(LoseJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.reason()).isEqualTo(LossReason.HEARTBEAT_MISSED));
    }

    @Test
    void aResultEndsAllLimits() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1, TYPE, new JobLimits(LIMIT, LIMIT, LIMIT, null, 5)));

        report(session, completed(1));
        time.pass(LIMIT.multipliedBy(3));

        assertThat(gateway.commands()).hasSize(1);
        assertThat(sink.cancelled).isEmpty();
    }

    @Test
    void aLimitOfThousandsOfYearsIsFine() {
        JobLimits endless = new JobLimits(
                Duration.ofDays(4_000_000), Duration.ofDays(4_000_000), Duration.ofDays(4_000_000), null, 5);
        try (Dispatcher real = new Dispatcher(
                gateway, time.clock(), new DispatcherSettings(GRACE, UNCLAIMED_GRACE, Duration.ofMinutes(5)), work)) {
            real.offer(offer(1, TYPE, endless));
            real.connect(hello("w", 1), sink);

            assertThat(sink.assigned()).containsExactly(id(1));
        }
    }
}
