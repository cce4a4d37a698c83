package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.instance;
import static io.orquestrax.server.job.TestingJobs.json;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.event.LossReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DispatcherReconnectTest extends DispatcherFixture {
    private final TestingSink second = new TestingSink();

    @Test
    void aWorkerThatStaysAwayLosesItsJobsAfterTheGrace() {
        WorkerSession session = connect(2);
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));
        session.heartbeat(id(1), json("3"));

        session.disconnected();
        time.pass(GRACE.minusMillis(1));
        assertThat(gateway.commands()).isEmpty();
        time.pass(Duration.ofMillis(1));

        assertThat(gateway.sent(LoseJob.class))
                .hasSize(2)
                .allSatisfy(command -> assertThat(command.reason()).isEqualTo(LossReason.WORKER_GONE))
                .anySatisfy(command -> assertThat(command.progress()).isEqualTo(json("3")));
    }

    @Test
    void aWorkerThatComesBackKeepsWhatItClaimsAndLosesTheRestAtOnce() {
        WorkerSession session = connect(2);
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));

        session.disconnected();
        WorkerSession again = dispatcher.connect(hello("w", 2, id(1)), second);

        assertThat(again.refusedClaims()).isEmpty();
        assertThat(gateway.sent(LoseJob.class)).singleElement().satisfies(command -> {
            assertThat(command.reason()).isEqualTo(LossReason.WORKER_GONE);
            assertThat(command.worker()).isEqualTo("w");
        });
        time.pass(GRACE.multipliedBy(2));
        assertThat(gateway.commands()).hasSize(1);
        assertThat(second.assigned()).isEmpty();
        report(again, completed(1));
        assertThat(second.acknowledged).containsEntry(id(1), true);
    }

    @Test
    void aClaimedJobTakesItsPlaceInTheCapacity() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));

        session.disconnected();
        dispatcher.connect(hello("w", 1, id(1)), second);

        assertThat(second.assigned()).isEmpty();
    }

    @Test
    void aNewStreamOfTheSameWorkerReplacesTheOldOne() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));

        dispatcher.connect(hello("w", 1, id(1)), second);
        assertThat(sink.replaced).isTrue();
        session.disconnected();
        time.pass(GRACE.multipliedBy(2));

        assertThat(gateway.commands()).isEmpty();
        dispatcher.withdraw(id(1));
        assertThat(second.cancelled).containsExactly(id(1));
        assertThat(sink.cancelled).isEmpty();
    }

    @Test
    void aResultOverTheOldStreamStillCounts() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        dispatcher.connect(hello("w", 1, id(1)), second);

        report(session, completed(1));

        assertThat(gateway.sent(CompleteJob.class)).hasSize(1);
        assertThat(second.acknowledged).containsEntry(id(1), true);
    }

    @Test
    void handedBackJobsAreLostAtOnce() {
        WorkerSession session = connect(2);
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));

        session.handBack(List.of(id(2), id(99)));

        assertThat(gateway.sent(LoseJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.reason()).isEqualTo(LossReason.HANDED_BACK));
        assertThat(dispatcher.presence(id(2))).isEmpty();
        assertThat(dispatcher.presence(id(1))).isPresent();
    }

    @Test
    void anotherWorkersJobIsNoClaim() {
        connect(1);
        dispatcher.offer(offer(1));

        WorkerSession other = dispatcher.connect(hello("other", 1, id(1)), second);

        assertThat(other.refusedClaims()).containsExactly(id(1));
        assertThat(dispatcher.presence(id(1))).map(JobPresence::worker).contains("w");
    }

    @Test
    void anotherWorkersHeartbeatIsToldToStop() {
        connect(1);
        dispatcher.offer(offer(1));
        WorkerSession other = dispatcher.connect(hello("other", 1), second);

        other.heartbeat(id(1), json("1"));
        other.heartbeat(id(2), null);

        assertThat(second.cancelled).containsExactly(id(1), id(2));
        assertThat(dispatcher.presence(id(1))).map(JobPresence::worker).contains("w");
    }

    @Test
    void aResultThatComesWhileTheLossIsOnItsWayIsLeftToTheEngine() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.hold();
        session.disconnected();
        time.pass(GRACE);

        WorkerSession again = dispatcher.connect(hello("w", 1), second);
        report(again, completed(1));
        gateway.answerAll(new Reply.Refused(Refusal.JOB_STALE));

        assertThat(gateway.sent(LoseJob.class)).hasSize(1);
        assertThat(gateway.sent(CompleteJob.class)).hasSize(1);
        assertThat(second.acknowledged).containsEntry(id(1), false);
    }

    @Test
    void aResultTakesThePlaceOfALossThatCouldNotBeSent() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.fail();
        session.disconnected();
        time.pass(GRACE);
        gateway.accept();

        WorkerSession again = dispatcher.connect(hello("w", 1), second);
        report(again, completed(1));
        time.pass(Duration.ofMinutes(1));

        assertThat(gateway.sent(LoseJob.class)).hasSize(1);
        assertThat(gateway.last()).isInstanceOf(CompleteJob.class);
        assertThat(second.acknowledged).containsEntry(id(1), true);
    }

    @Test
    void aClaimTakesThePlaceOfALossThatCouldNotBeSent() {
        WorkerSession session = connect(1);
        dispatcher.offer(offer(1));
        gateway.fail();
        session.disconnected();
        time.pass(GRACE);

        WorkerSession again = dispatcher.connect(hello("w", 1, id(1)), second);
        gateway.accept();
        time.pass(Duration.ofMinutes(1));

        assertThat(again.refusedClaims()).isEmpty();
        assertThat(gateway.commands()).hasSize(1);
        assertThat(dispatcher.presence(id(1))).isPresent();
    }

    @Test
    void aRecoveredJobWaitsForItsClaimAndIsLostWithoutOne() {
        dispatcher.offerRecovered(List.of(offer(1), offer(2)));
        connect(5);
        assertThat(sink.assigned()).isEmpty();

        WorkerSession claiming = dispatcher.connect(hello("other", 1, id(1)), second);
        time.pass(UNCLAIMED_GRACE);

        assertThat(claiming.refusedClaims()).isEmpty();
        assertThat(dispatcher.presence(id(1))).map(JobPresence::worker).contains("other");
        assertThat(gateway.sent(LoseJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.reason()).isEqualTo(LossReason.UNCLAIMED));
    }

    @Test
    void aResultEndsTheWaitOfARecoveredJob() {
        WorkerSession session = connect(1);
        dispatcher.offerRecovered(List.of(offer(1)));

        report(session, completed(1));
        time.pass(UNCLAIMED_GRACE);

        assertThat(gateway.commands()).hasSize(1);
        assertThat(sink.acknowledged).containsEntry(id(1), true);
    }

    @Test
    void aClaimMayComeBeforeTheRecovery() {
        WorkerSession session = dispatcher.connect(hello("w", 1, id(1)), sink);
        assertThat(session.refusedClaims()).isEmpty();

        time.pass(UNCLAIMED_GRACE.minusSeconds(1));
        dispatcher.offerRecovered(List.of(offer(1)));
        time.pass(UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(gateway.commands()).isEmpty();
        assertThat(sink.cancelled).isEmpty();
        assertThat(sink.assigned()).isEmpty();
        assertThat(dispatcher.presence(id(1))).map(JobPresence::worker).contains("w");
    }

    @Test
    void aClaimThatNoRecoveryConfirmsIsRefusedInTheEnd() {
        dispatcher.connect(hello("w", 1, id(1)), sink);
        dispatcher.offer(offer(2));
        assertThat(sink.assigned()).isEmpty();

        time.pass(UNCLAIMED_GRACE);

        assertThat(sink.cancelled).containsExactly(id(1));
        assertThat(sink.assigned()).containsExactly(id(2));
        assertThat(gateway.commands()).isEmpty();
    }

    @Test
    void forgottenJobsThatStillRunAreClaimsForTheNextRecovery() {
        connect(1);
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));

        dispatcher.forget(instance -> instance.equals(instance(1)));
        dispatcher.offerRecovered(List.of(offer(1)));
        time.pass(UNCLAIMED_GRACE);

        assertThat(gateway.commands()).isEmpty();
        assertThat(sink.cancelled).isEmpty();
        assertThat(dispatcher.presence(id(1))).isPresent();
    }

    @Test
    void forgottenJobsLeaveTheQueue() {
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));

        dispatcher.forget(instance -> instance.equals(instance(1)));
        connect(5);

        assertThat(sink.assigned()).containsExactly(id(2));
    }
}
