package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.ERROR;
import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.json;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.event.LossReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DispatcherLeasesTest extends DispatcherFixture {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(20);

    private CompletableFuture<List<JobAssignment>> activate(int max) {
        return dispatcher.activate(Set.of(TYPE), "curl", max, WAIT, LEASE);
    }

    @Test
    void answersAtOnceWithWhatWaits() {
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));
        dispatcher.offer(offer(3));

        List<JobAssignment> jobs = activate(2).join();

        assertThat(jobs).extracting(JobAssignment::id).containsExactly(id(1), id(2));
        assertThat(jobs)
                .extracting(JobAssignment::leaseUntil)
                .containsOnly(time.now().plus(LEASE));
    }

    @Test
    void waitsForTheNextJob() {
        var jobs = activate(2);
        assertThat(jobs).isNotDone();

        dispatcher.offer(offer(1));

        assertThat(jobs).isCompletedWithValueMatching(got -> got.size() == 1);
        dispatcher.offer(offer(2));
        assertThat(dispatcher.presence(id(2))).isEmpty();
    }

    @Test
    void answersWithNothingWhenTheWaitIsOver() {
        var jobs = activate(1);

        time.pass(WAIT);

        assertThat(jobs).isCompletedWithValue(List.of());
        dispatcher.offer(offer(1));
        assertThat(dispatcher.presence(id(1))).isEmpty();
    }

    @Test
    void aCancelledPollTakesNothing() {
        var cancelled = activate(1);
        cancelled.cancel(true);

        dispatcher.offer(offer(1));

        assertThat(dispatcher.presence(id(1))).isEmpty();
        assertThat(activate(1).join()).hasSize(1);
    }

    @Test
    void jobsOfAnAnswerThatReachedNobodyAreHandedBack() {
        dispatcher.offer(offer(1));
        activate(1).join();

        dispatcher.handBack(List.of(id(1)));

        assertThat(gateway.sent(LoseJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.reason()).isEqualTo(LossReason.HANDED_BACK));
    }

    @Test
    void aLeaseRunsOutUnlessAHeartbeatRenewsIt() {
        dispatcher.offer(offer(1));
        activate(1).join();

        time.pass(LEASE.minusSeconds(1));
        assertThat(dispatcher.renewLease(id(1), json("5"))).contains(time.now().plus(LEASE));
        time.pass(LEASE.minusSeconds(1));
        assertThat(gateway.commands()).isEmpty();
        time.pass(Duration.ofSeconds(1));

        assertThat(gateway.sent(LoseJob.class)).singleElement().satisfies(command -> {
            assertThat(command.reason()).isEqualTo(LossReason.LEASE_OVER);
            assertThat(command.worker()).isEqualTo("curl");
            assertThat(command.progress()).isEqualTo(json("5"));
        });
        assertThat(dispatcher.heartbeat(id(1), null)).isFalse();
    }

    @Test
    void aLeaseIsNoLongerThanTheSettingsAllow() {
        dispatcher.offer(offer(1));

        var jobs = dispatcher.activate(Set.of(TYPE), "curl", 1, WAIT, Duration.ofDays(9));

        assertThat(jobs.join().getFirst().leaseUntil()).isEqualTo(time.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void completesAndFails() {
        dispatcher.offer(offer(1));
        dispatcher.offer(offer(2));
        activate(2).join();

        assertThat(dispatcher.complete(id(1), json("1"))).isCompletedWithValue(true);
        assertThat(dispatcher.fail(id(2), ERROR, true)).isCompletedWithValue(true);

        assertThat(gateway.sent(CompleteJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.worker()).isEqualTo("curl"));
        assertThat(gateway.sent(FailJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.policy()).isNull());
        time.pass(LEASE.multipliedBy(2));
        assertThat(gateway.commands()).hasSize(2);
    }

    @Test
    void tellsThatALateResultDidNotCount() {
        gateway.refuse(Refusal.JOB_STALE);

        assertThat(dispatcher.complete(id(1), json("1"))).isCompletedWithValue(false);
    }

    @Test
    void aHeartbeatClaimsARecoveredJob() {
        dispatcher.offerRecovered(List.of(offer(1)));

        assertThat(dispatcher.renewLease(id(1), null)).contains(time.now().plus(UNCLAIMED_GRACE));
        time.pass(UNCLAIMED_GRACE.minusSeconds(1));
        assertThat(dispatcher.heartbeat(id(1), null)).isTrue();
        time.pass(UNCLAIMED_GRACE.minusSeconds(1));

        assertThat(gateway.commands()).isEmpty();
    }

    @Test
    void showsWorkersForAMinuteAfterTheyWereSeen() {
        activate(3).cancel(true);

        assertThat(dispatcher.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.id()).isEqualTo("curl");
            assertThat(worker.transport()).isEqualTo("http");
            assertThat(worker.types()).containsExactly(TYPE);
        });
        assertThat(dispatcher.hasWorkerFor(TYPE)).isTrue();

        time.pass(Duration.ofSeconds(61));
        assertThat(dispatcher.workers()).isEmpty();
        assertThat(dispatcher.hasWorkerFor(TYPE)).isFalse();
    }

    @Test
    void closingEndsThePolls() {
        var jobs = activate(1);

        dispatcher.close();

        assertThat(jobs).isCompletedWithValue(List.of());
        assertThat(activate(1)).isCompletedWithValue(List.of());
    }
}
