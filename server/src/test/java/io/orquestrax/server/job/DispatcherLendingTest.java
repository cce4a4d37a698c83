package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.offer;
import static io.orquestrax.server.job.TestingJobs.prioritized;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs of one node and workers of another. Node a decides for the even instances, and node b for the odd ones. */
final class DispatcherLendingTest {
    private final TestingCluster cluster = new TestingCluster();
    private final TestingCluster.Node a = cluster.node("a");
    private final TestingCluster.Node b = cluster.node("b");
    private final TestingSink sink = new TestingSink();
    private final TestingSink second = new TestingSink();

    @BeforeEach
    void share() {
        cluster.own(0, a);
        cluster.own(1, b);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void offerAll(JobOffer... offers) {
        cluster.offer(offers);
        cluster.settle();
    }

    private void report(WorkerSession session, JobResult... results) {
        session.results(List.of(results));
        cluster.settle();
    }

    @Test
    void aJobGoesToTheNodeWithAFreeWorkerAndCountsOnce() {
        WorkerSession session = b.connect(hello("w", 1), sink);

        offerAll(offer(2));

        assertThat(sink.assigned()).containsExactly(id(2));
        assertThat(sink.assignments().getFirst().offer()).isEqualTo(offer(2));
        report(session, completed(2));
        assertThat(cluster.accepted(CompleteJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.worker()).isEqualTo("w"));
        assertThat(sink.acknowledged).containsEntry(id(2), true);
        assertThat(a.dispatcher.knows(id(2))).isFalse();
        assertThat(b.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void workersOfTheJobsOwnNodeComeFirst() {
        a.connect(hello("near", 1), sink);
        b.connect(hello("far", 5), second);

        offerAll(offer(2), offer(4));

        assertThat(sink.assigned()).containsExactly(id(2));
        assertThat(second.assigned()).containsExactly(id(4));
    }

    @Test
    void aBacklogGoesBestFirstAndAsRoomComes() {
        offerAll(offer(2), prioritized(4, 9), offer(6), offer(8));

        WorkerSession session = b.connect(hello("w", 2), sink);
        assertThat(sink.assigned()).containsExactly(id(4), id(2));
        report(session, completed(4), completed(2));

        assertThat(sink.assigned()).containsExactly(id(4), id(2), id(6), id(8));
    }

    @Test
    void aBorrowerTakesOfItsOwnJobsAndOfLentOnesTheOneThatWaitedLongest() {
        WorkerSession session = b.connect(hello("w", 1), sink);
        offerAll(offer(1));
        cluster.pass(Duration.ofMillis(10));
        // The room that node a believes in is used up by the time that its job comes.
        cluster.network.hold();
        offerAllWithoutWaiting(offer(2));
        cluster.time.pass(Duration.ofMillis(10));
        offerAllWithoutWaiting(offer(3));
        cluster.network.release();
        cluster.settle();

        report(session, completed(1));

        assertThat(sink.assigned()).containsExactly(id(1), id(2));
    }

    private void offerAllWithoutWaiting(JobOffer... offers) {
        cluster.offer(offers);
    }

    @Test
    void aBacklogIsLentInOneNotice() {
        int count = 1_000;
        offerAll(IntStream.rangeClosed(1, count).mapToObj(n -> offer(2 * n)).toArray(JobOffer[]::new));

        b.connect(hello("w", count), sink);

        assertThat(sink.assigned()).hasSize(count);
        assertThat(a.lentNotices).hasValue(1);
    }

    @Test
    void largeJobsAreLentNoFasterThanTheyArrive() {
        int count = 40;
        b.connect(hello("w", count), sink);
        String megabyte = "\"" + "x".repeat(1024 * 1024) + "\"";

        cluster.network.hold();
        cluster.offer(IntStream.rangeClosed(1, count)
                .mapToObj(n -> TestingJobs.withArguments(offer(2 * n), megabyte))
                .toArray(JobOffer[]::new));
        assertThat(a.lentBytes.get()).isBetween(16L * 1024 * 1024, 18L * 1024 * 1024);
        cluster.network.release();
        cluster.settle();
        cluster.pass(Duration.ofSeconds(1));

        assertThat(sink.assigned()).hasSize(count);
    }

    @Test
    void whatNobodyCanTakeGoesBackToItsPlace() {
        WorkerSession session = b.connect(hello("w", 2), sink);
        cluster.network.hold();
        cluster.offer(offer(2), offer(4));
        session.disconnected();
        cluster.network.release();
        cluster.settle();
        assertThat(sink.assigned()).isEmpty();

        cluster.pass(Borrowing.RETURN_AFTER);
        a.connect(hello("near", 1), second);

        assertThat(second.assigned()).containsExactly(id(2));
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(b.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void limitsOfALentJobAreWatchedWhereItsWorkerIs() {
        JobLimits limits = new JobLimits(null, Duration.ofSeconds(5), null, null, 5);
        b.connect(hello("w", 1), sink);

        offerAll(offer(2, TestingJobs.TYPE, limits));
        cluster.pass(Duration.ofSeconds(5));

        assertThat(cluster.accepted(FailJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.worker()).isEqualTo("w"));
        assertThat(sink.cancelled).containsExactly(id(2));
    }

    @Test
    void aWithdrawnJobIsStoppedAtTheOtherNodesWorker() {
        b.connect(hello("w", 1), sink);
        offerAll(offer(2));

        cluster.withdraw(id(2));

        assertThat(sink.cancelled).containsExactly(id(2));
        assertThat(b.dispatcher.knows(id(2))).isFalse();
        offerAll(offer(4));
        assertThat(sink.assigned()).containsExactly(id(2), id(4));
    }

    @Test
    void aHeldJobThatWaitsAtTheOtherNodeIsNotHandedOutUntilItIsOfferedAgain() {
        WorkerSession session = b.connect(hello("w", 1), sink);
        cluster.network.hold();
        cluster.offer(offer(2));
        session.disconnected();
        cluster.network.release();
        cluster.settle();

        a.dispatcher.hold(id(2));
        cluster.settle();
        b.connect(hello("w", 1), second);
        cluster.pass(Duration.ofSeconds(1));
        assertThat(second.assigned()).isEmpty();

        offerAll(offer(2));
        assertThat(second.assigned()).containsExactly(id(2));
    }

    @Test
    void aHeldJobThatAWorkerHasGoesOn() {
        WorkerSession session = b.connect(hello("w", 1), sink);
        offerAll(offer(2));

        a.dispatcher.hold(id(2));
        cluster.settle();
        offerAll(offer(2));
        report(session, completed(2));

        assertThat(sink.assigned()).containsExactly(id(2));
        assertThat(sink.cancelled).isEmpty();
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
    }

    @Test
    void whatADeadBorrowerHadIsOfferedAgainAfterTheGrace() {
        b.connect(hello("w", 1), sink);
        offerAll(offer(2));
        a.connect(hello("near", 1), second);

        cluster.kill(b);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.minusMillis(1));
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        cluster.pass(Duration.ofMillis(1));

        assertThat(cluster.accepted(LoseJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.reason()).isEqualTo(LossReason.UNCLAIMED));
        assertThat(second.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
    }

    @Test
    void aShortBreakOfTheLinkIsNotNoticed() {
        WorkerSession session = b.connect(hello("w", 2), sink);
        offerAll(offer(2), offer(4));

        cluster.network.cut("a", "b");
        report(session, completed(2));
        cluster.pass(TestingCluster.GRACE.minusMillis(1));
        cluster.network.restore("a", "b");
        cluster.pass(TestingCluster.GRACE.plus(TestingCluster.UNCLAIMED_GRACE).multipliedBy(2));

        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
        assertThat(sink.acknowledged).containsEntry(id(2), true);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(4));
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(2);
    }

    @Test
    void aJobThatWasOnTheBrokenLinkIsOfferedAgainWhenTheLinkIsBack() {
        b.connect(hello("w", 1), sink);
        cluster.network.hold();
        cluster.offer(offer(2));
        cluster.network.cut("a", "b");
        cluster.network.release();
        cluster.settle();
        assertThat(sink.assigned()).isEmpty();

        cluster.network.restore("a", "b");
        cluster.pass(Duration.ofSeconds(1));

        assertThat(sink.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
        assertThat(cluster.accepted(LoseJob.class)).hasSize(1);
    }

    @Test
    void aReturnThatWasOnTheBrokenLinkIsNoLoss() {
        WorkerSession session = b.connect(hello("w", 1), sink);
        cluster.network.hold();
        cluster.offer(offer(2));
        session.disconnected();
        cluster.network.release();
        cluster.settle();
        cluster.network.cut("a", "b");
        cluster.pass(Borrowing.RETURN_AFTER);
        a.connect(hello("near", 1), second);

        cluster.network.restore("a", "b");
        cluster.pass(Duration.ofSeconds(1));

        assertThat(second.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
    }

    @Test
    void aLinkThatStaysBrokenLosesTheJobAndItsWorkerIsStoppedWhenItIsBack() {
        b.connect(hello("w", 1), sink);
        offerAll(offer(2));
        a.connect(hello("near", 1), second);

        cluster.network.cut("a", "b");
        cluster.pass(TestingCluster.GRACE.plus(TestingCluster.UNCLAIMED_GRACE));
        assertThat(second.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
        cluster.network.restore("a", "b");
        cluster.pass(Duration.ofSeconds(1));

        assertThat(sink.cancelled).containsExactly(id(2));
        assertThat(second.cancelled).isEmpty();
    }

    @Test
    void aJobGoesOnWhereItIsWhenItsPartitionChangesHands() {
        TestingCluster.Node c = cluster.node("c");
        WorkerSession session = b.connect(hello("w", 1), sink);
        offerAll(offer(2));

        cluster.own(0, c);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(sink.cancelled).isEmpty();
        report(session, completed(2));
        assertThat(sink.acknowledged).containsEntry(id(2), true);
        assertThat(c.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void aJobGoesOnWhereItIsWhenItsOwnerOwnsThePartitionAnew() {
        WorkerSession session = b.connect(hello("w", 1), sink);
        offerAll(offer(2));

        cluster.own(0, a);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2));
        assertThat(sink.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void aJobGoesOnWhereItIsWhenItsOwnerDies() {
        TestingCluster.Node c = cluster.node("c");
        WorkerSession session = b.connect(hello("w", 2), sink);
        offerAll(offer(2), offer(4));

        cluster.kill(a);
        report(session, completed(4));
        assertThat(sink.acknowledged).isEmpty();
        cluster.pass(Duration.ofSeconds(2));
        cluster.own(0, c);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(sink.acknowledged).containsEntry(id(4), true);
        report(session, completed(2));
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(2);
    }

    @Test
    void aJobGoesOnWhereItIsWhenThatNodeComesToDecideForIt() {
        WorkerSession session = b.connect(hello("w", 1), sink);
        offerAll(offer(2));

        cluster.own(0, b);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2));
        assertThat(sink.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void aNodesOwnJobGoesOnWhenItsPartitionChangesHands() {
        WorkerSession session = a.connect(hello("w", 1), sink);
        offerAll(offer(2));

        cluster.own(0, b);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2));
        assertThat(sink.acknowledged).containsEntry(id(2), true);
        assertThat(b.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void onlyWhatNobodyClaimsAfterATakeoverIsOfferedAgain() {
        TestingCluster.Node c = cluster.node("c");
        b.connect(hello("w", 1), sink);
        a.connect(hello("dies with its node", 1), second);
        offerAll(offer(2), offer(4));

        cluster.kill(a);
        cluster.own(0, c);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE);

        assertThat(cluster.accepted(LoseJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.reason()).isEqualTo(LossReason.UNCLAIMED));
        assertThat(cluster.open()).containsKey(second.assigned().equals(List.of(id(2))) ? id(4) : id(2));
    }

    @Test
    void moreRoomIsPromisedThanThereIsAndTheSurplusGoesBack() {
        TestingCluster.Node c = cluster.node("c");
        WorkerSession session = c.connect(hello("w", 1), sink);
        cluster.network.hold();
        cluster.offer(offer(2), offer(1));
        cluster.network.release();
        cluster.settle();
        assertThat(sink.assigned()).hasSize(1);

        cluster.pass(Borrowing.RETURN_AFTER);
        JobId left = sink.assigned().equals(List.of(id(1))) ? id(2) : id(1);
        assertThat(c.dispatcher.knows(left)).isFalse();

        report(session, completed(sink.assigned().equals(List.of(id(1))) ? 1 : 2));
        assertThat(sink.assigned()).hasSize(2).contains(left);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }
}
