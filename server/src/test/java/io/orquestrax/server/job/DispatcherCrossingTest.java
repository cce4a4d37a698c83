package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two nodes say of a job crosses on the way. Node a decides for the even instances. */
final class DispatcherCrossingTest {
    private static final Duration LONG = TestingCluster.GRACE.plus(TestingCluster.UNCLAIMED_GRACE);

    private final ShuffledCluster cluster = new ShuffledCluster(new Random(1));
    private final ShuffledCluster.Node a = cluster.join("a");
    private final ShuffledCluster.Node b = cluster.join("b");
    private final ShuffledCluster.Node c = cluster.join("c");
    private final TestingSink sink = new TestingSink();
    private final TestingSink second = new TestingSink();
    private final List<LoseJob> losses = new ArrayList<>();

    @BeforeEach
    void share() {
        cluster.whenLost = (job, loss) -> losses.add(loss);
        cluster.take(0, a);
        cluster.network.settle();
    }

    private WorkerSession connect(ShuffledCluster.Node node, TestingSink to, JobId... claims) {
        WorkerSession session = node.dispatcher.connect(hello("w", 1, claims), to);
        cluster.network.settle();
        return session;
    }

    private void offerAll(int... numbers) {
        for (int number : numbers) {
            cluster.offer(offer(number));
        }
        cluster.network.settle();
    }

    private void renewLink(String from, String to) {
        cluster.network.cut(from, to);
        cluster.network.settle();
        cluster.network.restore(from, to);
        cluster.network.settle();
    }

    private void release() {
        cluster.network.release();
        cluster.network.settle();
    }

    private void release(String from, String to) {
        cluster.network.release(from, to);
        cluster.network.settle();
    }

    @Test
    void anAnswerAboutAnEarlierLoanSaysNothingOfTheNextOne() {
        WorkerSession session = connect(b, sink);
        cluster.network.hold("a", "b");
        offerAll(2);
        session.disconnected();
        release();
        cluster.network.hold("b", "a");
        cluster.network.holdAnswers("a", "b");
        cluster.time.pass(Borrowing.RETURN_AFTER, cluster.network::settle);
        renewLink("a", "b");

        // The answer of node b, which has it no more, is overtaken by the return of it, and by the next loan.
        cluster.network.release();
        cluster.network.holdAnswers("a", "b");
        cluster.network.settle();
        WorkerSession next = connect(b, second);
        assertThat(second.assigned()).containsExactly(id(2));
        release();

        cluster.pass(LONG);
        assertThat(losses).isEmpty();
        next.results(List.of(completed(2)));
        cluster.network.settle();
        assertThat(second.acknowledged).containsEntry(id(2), true);
        assertThat(a.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void aWithdrawalOfAnEarlierLoanLeavesTheNextOneAlone() {
        connect(b, sink);
        offerAll(2);
        cluster.network.hold("a", "b");
        WorkerSession elsewhere = connect(c, new TestingSink(), id(2));
        elsewhere.disconnected();
        cluster.time.pass(Duration.ofSeconds(1), cluster.network::settle);

        // The worker is back at node b, and that claims its job before it hears that it was withdrawn.
        WorkerSession back = connect(b, second, id(2));
        renewLink("b", "a");
        release();

        cluster.pass(LONG);
        assertThat(second.cancelled).isEmpty();
        assertThat(losses).isEmpty();
        back.results(List.of(completed(2)));
        cluster.network.settle();
        assertThat(second.acknowledged).containsEntry(id(2), true);
        assertThat(a.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void aWorkerIsStoppedThoughTheLinkBrokeBeforeTheWithdrawalCame() {
        connect(b, sink);
        offerAll(2);

        cluster.network.cut("a", "b");
        cluster.withdraw(id(2));
        cluster.network.settle();
        assertThat(sink.cancelled).isEmpty();
        cluster.network.restore("a", "b");
        cluster.network.settle();

        assertThat(sink.cancelled).containsExactly(id(2));
        assertThat(b.dispatcher.knows(id(2))).isFalse();
    }

    @Test
    void whatWaitsToBeSentIsNotTakenForMissing() {
        int count = 40;
        b.dispatcher.connect(hello("w", count), sink);
        cluster.network.settle();
        String megabyte = "\"" + "x".repeat(1024 * 1024) + "\"";
        cluster.network.hold("a", "b");
        IntStream.rangeClosed(1, count)
                .mapToObj(n -> TestingJobs.withArguments(offer(2 * n), megabyte))
                .forEach(cluster::offer);
        cluster.network.settle();

        renewLink("b", "a");
        release();
        cluster.pass(Duration.ofSeconds(1));

        assertThat(losses).isEmpty();
        assertThat(sink.assigned()).hasSize(count);
    }

    @Test
    void whatIsLeftToANodeThatIsTakenForDeadIsNotItsForEver() {
        offerAll(2);
        cluster.network.cut("a", "b");
        a.roster.leave("b");
        cluster.pass(LONG);

        connect(b, sink, id(2));
        assertThat(a.dispatcher.knownJobs()).containsEntry(id(2), Job.State.LENT);
        cluster.network.cut("b", "a");
        cluster.pass(LONG);

        connect(c, second);
        assertThat(second.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
    }

    @Test
    void aNodeThatNoLongerHasWhatItClaimedLeavesTimeForWhoeverHas() {
        connect(b, sink);
        offerAll(2);
        cluster.network.holdAnswers("b", "a");
        renewLink("b", "a");
        cluster.network.holdAnswers("c", "a");
        cluster.network.hold("c", "a");

        // The worker goes on at node c, which cannot say so yet, and node b has not heard that its claim is accepted.
        WorkerSession moved = connect(c, second, id(2));
        b.dispatcher.withdraw(id(2));
        cluster.network.release();
        cluster.network.hold("c", "a");
        cluster.network.settle();
        release();

        cluster.pass(LONG);
        assertThat(losses).isEmpty();
        moved.results(List.of(completed(2)));
        cluster.network.settle();
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void whatIsLentToANodeThatStillTakesItForItsOwnIsOfferedAgain() {
        WorkerSession session = connect(b, sink);
        cluster.network.hold("a", "b");
        offerAll(2);
        session.disconnected();
        cluster.network.hold(a.news());
        release("a", "b");

        // Node b has the job in its queue when it becomes the owner, and lends it to node a, which lent it to node b.
        cluster.take(0, b);
        cluster.network.settle();
        connect(a, second);
        release();

        cluster.pass(LONG);
        assertThat(second.assigned()).containsExactly(new JobId(id(2).instance(), 1, 2));
    }

    @Test
    void aClaimThatComesAfterTheResultIsOfNoJobAnyMore() {
        connect(a, sink);
        offerAll(2);
        cluster.network.hold("c", "a");
        connect(c, new TestingSink(), id(2));
        cluster.network.holdAnswers("b", "a");
        b.dispatcher.connect(hello("other", 1, id(4)), new TestingSink());
        cluster.network.settle();

        // Node b asks for one thing after the other, and has the result before it asks for the job.
        connect(b, second, id(2)).results(List.of(completed(2)));
        cluster.network.settle();
        assertThat(cluster.open).doesNotContainKey(id(2));
        release();

        assertThat(a.dispatcher.knows(id(2))).isFalse();
        assertThat(second.acknowledged).containsEntry(id(2), true);
    }

    @Test
    void whatAFormerOwnerRefusesGoesBackToTheOneThatLentIt() {
        WorkerSession session = connect(b, sink);
        cluster.network.hold(a.news());
        cluster.network.hold(b.news());
        cluster.take(0, c);
        cluster.network.settle();
        cluster.network.hold("c", "b");
        offerAll(2);
        session.disconnected();
        release("c", "b");

        connect(c, second);

        assertThat(second.assigned()).containsExactly(id(2));
    }

    @Test
    void whatIsLentToAFormerOwnerThatRefusesItGoesBack() {
        cluster.take(0, b);
        cluster.network.settle();
        WorkerSession session = connect(b, sink);
        cluster.network.hold(b.news());
        cluster.take(0, a);
        cluster.network.settle();
        cluster.network.hold("a", "b");
        offerAll(2);
        session.disconnected();
        release("a", "b");

        connect(a, second);

        assertThat(second.assigned()).containsExactly(id(2));
    }

    @Test
    void whatIsClaimedOnceMoreGoesBackToTheOneThatAgreedFirst() {
        WorkerSession session = connect(b, sink);
        cluster.network.hold("a", "b");
        offerAll(2);
        session.disconnected();
        release("a", "b");
        cluster.network.holdAnswers("b", "c");
        cluster.take(0, c);
        cluster.network.settle();

        // Node b doubts the job anew before it hears that its claim is accepted.
        cluster.network.cut("a", "b");
        cluster.network.settle();
        cluster.network.restore("a", "b");
        cluster.network.settle();
        release();
        cluster.pass(Borrowing.RETURN_AFTER);
        connect(c, second);

        assertThat(second.assigned()).containsExactly(id(2));
        assertThat(losses).isEmpty();
    }
}
