package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs of a partition that its owner gives to another node. Node a owns the even instances at first. */
final class DispatcherHandoverTest {
    private static final Duration ALMOST = TestingCluster.UNCLAIMED_GRACE.minusMillis(1);

    private final TestingCluster cluster = new TestingCluster();
    private final TestingCluster.Node a = cluster.node("a");
    private final TestingCluster.Node b = cluster.node("b");
    private final TestingCluster.Node c = cluster.node("c");
    private final TestingSink sink = new TestingSink();
    private final TestingSink second = new TestingSink();

    @BeforeEach
    void share() {
        cluster.own(0, a);
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

    private void give(TestingCluster.Node next) {
        cluster.release(0, next);
        cluster.recover(0, next);
        cluster.settle();
    }

    private static JobId again(int number) {
        return new JobId(id(number).instance(), id(number).activation(), 2);
    }

    @Test
    void whatOnlyWaitedIsOfferedByTheNextOwnerAtOnce() {
        offerAll(2, 4);

        give(b);
        b.connect(hello("w", 2), sink);

        assertThat(sink.assigned()).containsExactlyInAnyOrder(id(2), id(4));
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void whatIsToldBeforeTheRecoveryCountsToo() {
        offerAll(2);

        cluster.release(0, b);
        cluster.settle();
        cluster.recover(0, b);
        b.connect(hello("w", 1), sink);

        assertThat(sink.assigned()).containsExactly(id(2));
    }

    @Test
    void whatIsToldAfterTheRecoveryCountsToo() {
        offerAll(2);
        cluster.network.cut("a", "b");
        cluster.settle();

        give(b);
        b.connect(hello("w", 1), sink);
        assertThat(sink.assigned()).isEmpty();
        cluster.network.restore("a", "b");
        cluster.settle();

        assertThat(sink.assigned()).containsExactly(id(2));
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void aRunningJobIsNotOfferedAgain() {
        WorkerSession running = a.connect(hello("w", 1), sink);
        offerAll(2);
        offerAll(4);

        give(b);
        b.connect(hello("other", 2), second);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(second.assigned()).containsExactly(id(4));
        running.results(List.of(completed(2)));
        cluster.settle();
        assertThat(sink.acknowledged).containsEntry(id(2), true);
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void aWorkerThatIsAwayKeepsItsJob() {
        WorkerSession session = a.connect(hello("w", 1), sink);
        offerAll(2);
        session.disconnected();

        give(b);
        TestingSink other = new TestingSink();
        b.connect(hello("other", 1), other);
        // Its last node has claimed the job meanwhile.
        cluster.pass(Duration.ofSeconds(1));
        WorkerSession back = c.connect(hello("w", 1, id(2)), second);
        cluster.pass(ALMOST);

        assertThat(other.assigned()).isEmpty();
        back.results(List.of(completed(2)));
        cluster.settle();
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void whatAnotherNodeHasForItsWorkersStaysThere() {
        c.connect(hello("w", 1), sink);
        offerAll(2);
        assertThat(sink.assigned()).containsExactly(id(2));

        give(b);
        b.connect(hello("other", 1), second);
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.multipliedBy(2));

        assertThat(second.assigned()).isEmpty();
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void withoutAWordOfTheFormerOwnerJobsWaitForClaims() {
        offerAll(2);
        cluster.network.cut("a", "b");
        cluster.settle();
        b.connect(hello("w", 1), sink);

        give(b);
        cluster.pass(ALMOST);
        assertThat(sink.assigned()).isEmpty();

        cluster.pass(Duration.ofMillis(1));
        assertThat(sink.assigned()).containsExactly(again(2));
    }

    @Test
    void whatWaitedForClaimsWhenItWasGivenGoesOnWaiting() {
        offerAll(2);
        cluster.own(0, c);

        give(b);
        b.connect(hello("w", 1), sink);
        cluster.pass(ALMOST);

        assertThat(sink.assigned()).isEmpty();
    }

    @Test
    void aWordOfAnEarlierOwnerThanTheLastDoesNotCount() {
        offerAll(2);
        cluster.release(0, b);
        cluster.settle();

        cluster.recover(0, c);
        cluster.settle();
        cluster.own(0, b);
        b.connect(hello("w", 1), sink);
        cluster.pass(ALMOST);

        assertThat(sink.assigned()).isEmpty();
    }
}
