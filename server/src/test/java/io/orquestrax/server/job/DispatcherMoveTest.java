package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.failed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.offer;
import static io.orquestrax.server.job.TestingJobs.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that go on at another node than before. Node a decides for the even instances. */
final class DispatcherMoveTest {
    private static final Duration LONG = TestingCluster.UNCLAIMED_GRACE.multipliedBy(3);

    private final TestingCluster cluster = new TestingCluster();
    private final TestingCluster.Node a = cluster.node("a");
    private final TestingCluster.Node b = cluster.node("b");
    private final TestingCluster.Node c = cluster.node("c");
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

    private void offerAll(int... numbers) {
        for (int number : numbers) {
            cluster.offer(offer(number));
        }
        cluster.settle();
    }

    private void report(WorkerSession session, JobResult... results) {
        session.results(List.of(results));
        cluster.settle();
    }

    @Test
    void aWorkerWhoseNodeDiedGoesOnElsewhere() {
        b.connect(hello("w", 1), sink);
        offerAll(2);

        cluster.kill(b);
        WorkerSession session = c.connect(hello("w", 1, id(2)), second);
        cluster.pass(LONG);

        assertThat(session.refusedClaims()).isEmpty();
        assertThat(second.cancelled).isEmpty();
        assertThat(second.assigned()).isEmpty();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(a.dispatcher.knows(id(2))).isFalse();
        assertThat(c.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void aResultInHandIsDeliveredElsewhereAndCountsOnce() {
        b.connect(hello("w", 1), sink);
        offerAll(2);

        cluster.kill(b);
        WorkerSession session = c.connect(hello("w", 1, id(2)), second);
        report(session, completed(2));
        report(session, completed(2));

        assertThat(second.acknowledged).containsKey(id(2));
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
        cluster.pass(LONG);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void aFailureInHandIsJudgedByThePolicyOfItsType() {
        var types = List.of(type(TYPE, TestingJobs.POLICY), type("other", null));
        b.connect(hello("w", 1, types), sink);
        offerAll(2);

        cluster.kill(b);
        WorkerSession session = c.connect(hello("w", 1, types, id(2)), second);
        report(session, failed(2));

        assertThat(cluster.accepted(FailJob.class))
                .singleElement()
                .satisfies(command -> assertThat(command.policy()).isEqualTo(TestingJobs.POLICY));
    }

    @Test
    void aWorkerThatLeavesALivingNodeTakesItsJobsAlong() {
        b.connect(hello("w", 1), sink);
        offerAll(2);

        // Node b may not have noticed yet.
        WorkerSession session = c.connect(hello("w", 1, id(2)), second);
        cluster.pass(LONG);

        assertThat(b.dispatcher.knows(id(2))).isFalse();
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void aWorkerThatLeavesTheOwnerTakesItsJobsAlong() {
        a.connect(hello("w", 2), sink);
        offerAll(2);

        WorkerSession session = c.connect(hello("w", 2, id(2)), second);
        assertThat(sink.replaced).isTrue();
        offerAll(4);
        cluster.pass(LONG);

        assertThat(second.assigned()).containsExactly(id(4));
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2), completed(4));
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(2);
    }

    @Test
    void aWorkerThatComesToTheOwnerTakesItsJobsAlong() {
        b.connect(hello("w", 1), sink);
        offerAll(2);

        WorkerSession session = a.connect(hello("w", 1, id(2)), second);
        cluster.pass(LONG);

        assertThat(b.dispatcher.knows(id(2))).isFalse();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void anotherWorkersJobIsNoClaimAcrossNodesEither() {
        a.connect(hello("w", 1), sink);
        offerAll(2);

        c.connect(hello("other", 1, id(2)), second);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE);

        assertThat(second.cancelled).containsExactly(id(2));
        assertThat(sink.cancelled).isEmpty();
        assertThat(a.dispatcher.presence(id(2))).map(JobPresence::worker).contains("w");
    }

    @Test
    void anAttemptThatIsOverIsNoClaim() {
        b.connect(hello("w", 1), sink);
        offerAll(2);
        cluster.withdraw(id(2));

        c.connect(hello("w", 1, id(2)), second);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE);

        assertThat(second.cancelled).containsExactly(id(2));
        assertThat(c.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void theOwnerRefusesWhatItKnowsNothingOf() {
        a.connect(hello("w", 1, id(2)), sink);
        assertThat(sink.cancelled).isEmpty();
        cluster.pass(TestingCluster.UNCLAIMED_GRACE);

        assertThat(sink.cancelled).containsExactly(id(2));
        assertThat(a.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void aResultOfWhichTheOwnersDispatcherKnowsNothingIsJudgedByTheEngine() {
        // As of an instance that was suspended when its partition changed hands.
        cluster.open().put(id(2), offer(2));

        WorkerSession session = c.connect(hello("w", 1, id(2)), sink);
        report(session, completed(2));

        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
        assertThat(sink.acknowledged).containsEntry(id(2), true);
        assertThat(sink.cancelled).isEmpty();
    }

    @Test
    void aClaimWaitsUntilSomebodyDecidesForIt() {
        cluster.own(0, c);
        offerAll(2);
        b.connect(hello("w", 1), sink);
        assertThat(sink.assigned()).containsExactly(id(2));

        // The owner and the worker's node die together.
        cluster.kill(c);
        cluster.own(0, null);
        cluster.kill(b);
        WorkerSession session = a.connect(hello("w", 1, id(2)), second);
        cluster.pass(Duration.ofSeconds(30));
        cluster.own(0, a);
        cluster.pass(LONG);

        assertThat(second.cancelled).isEmpty();
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void aClaimOfANodeThatIsNotLinkedYetIsMadeWhenItIs() {
        b.connect(hello("w", 1), sink);
        offerAll(2);
        cluster.network.cut("a", "c");
        cluster.kill(b);

        WorkerSession session = c.connect(hello("w", 1, id(2)), second);
        cluster.pass(Duration.ofSeconds(5));
        cluster.network.restore("a", "c");
        cluster.pass(LONG);

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNodeThatClaimsTooLateWhatItsWorkerTookAlongDoesNotGetIt(boolean hasNoticed) {
        WorkerSession left = a.connect(hello("w", 1), sink);
        offerAll(2);
        cluster.network.cut("a", "b");
        cluster.own(0, b);
        cluster.pass(Duration.ofSeconds(1));
        if (hasNoticed) {
            left.disconnected();
        }

        WorkerSession session = c.connect(hello("w", 1, id(2)), second);
        cluster.network.restore("a", "b");
        cluster.pass(LONG);

        assertThat(second.cancelled).isEmpty();
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(a.dispatcher.knows(id(2))).isFalse();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void aNodeThatClaimsTooLateWhatTheOwnersWorkerBroughtDoesNotGetIt() {
        WorkerSession left = a.connect(hello("w", 1), sink);
        offerAll(2);
        cluster.network.cut("a", "b");
        cluster.own(0, b);
        cluster.pass(Duration.ofSeconds(1));
        left.disconnected();

        WorkerSession session = b.connect(hello("w", 1, id(2)), second);
        cluster.network.restore("a", "b");
        cluster.pass(LONG);

        assertThat(second.cancelled).isEmpty();
        assertThat(second.replaced).isFalse();
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void aNodeCannotLoseWhatItsWorkerTookAlong() {
        WorkerSession left = b.connect(hello("w", 1), sink);
        offerAll(2);
        cluster.network.cut("a", "b");
        cluster.settle();
        left.disconnected();
        WorkerSession session = c.connect(hello("w", 1, id(2)), second);
        cluster.pass(TestingCluster.GRACE);

        cluster.network.restore("a", "b");
        cluster.pass(LONG);

        assertThat(second.cancelled).isEmpty();
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(b.dispatcher.knows(id(2))).isFalse();
        report(session, completed(2));
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void whatAWorkerRunsOfASuspendedInstanceIsItsAlsoForTheNextOwner() {
        aWorkerKeepsItsJobOfASuspendedInstanceAt(a);
    }

    @Test
    void whatAWorkerRunsOfASuspendedInstanceIsItsWhereItsNodeBecomesTheOwner() {
        aWorkerKeepsItsJobOfASuspendedInstanceAt(b);
    }

    private void aWorkerKeepsItsJobOfASuspendedInstanceAt(TestingCluster.Node node) {
        WorkerSession session = node.connect(hello("w", 1), sink);
        offerAll(2);
        cluster.suspend(id(2).instance());
        cluster.own(0, b);
        cluster.pass(LONG);
        b.connect(hello("other", 1), second);

        cluster.resume(id(2).instance());
        cluster.pass(LONG);

        assertThat(sink.cancelled).isEmpty();
        assertThat(second.assigned()).isEmpty();
        report(session, completed(2));
        assertThat(sink.acknowledged).containsEntry(id(2), true);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void whatNobodyRunsOfASuspendedInstanceIsOfferedWhenItIsResumed() {
        WorkerSession session = a.connect(hello("w", 1), sink);
        offerAll(2);
        cluster.suspend(id(2).instance());
        cluster.kill(a);
        session.disconnected();
        cluster.own(0, b);
        cluster.pass(LONG);

        cluster.resume(id(2).instance());
        cluster.pass(TestingCluster.UNCLAIMED_GRACE);
        b.connect(hello("other", 1), second);

        assertThat(second.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
    }

    @Test
    void twoNodesThatClaimTheSameJobAgreeOnTheLastOne() {
        b.connect(hello("w", 1), sink);
        offerAll(2);

        c.connect(hello("w", 1, id(2)), second);
        TestingSink third = new TestingSink();
        WorkerSession session = a.connect(hello("w", 1, id(2)), third);
        cluster.pass(LONG);

        assertThat(b.dispatcher.knows(id(2))).isFalse();
        assertThat(c.dispatcher.knows(id(2))).isFalse();
        assertThat(third.cancelled).isEmpty();
        report(session, completed(2));
        assertThat(third.acknowledged).containsEntry(id(2), true);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void whatTheWorkerDoesNotClaimElsewhereIsOfferedAgain() {
        b.connect(hello("w", 1), sink);
        offerAll(2);

        cluster.kill(b);
        c.connect(hello("w", 1), second);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE);

        assertThat(second.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
    }
}
