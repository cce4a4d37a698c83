package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.completed;
import static io.orquestrax.server.job.TestingJobs.hello;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.instance;
import static io.orquestrax.server.job.TestingJobs.json;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.live.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node says of the workers of all. Node a decides for the even instances, and node b for the odd ones. */
final class WorkforceTest {
    private final TestingCluster cluster = new TestingCluster();
    private final TestingCluster.Node a = cluster.node("a");
    private final TestingCluster.Node b = cluster.node("b");
    private final TestingCluster.Node c = cluster.node("c");
    private final TestingSink sink = new TestingSink();
    private final AtomicInteger told = new AtomicInteger();

    @BeforeEach
    void share() {
        cluster.own(0, a);
        cluster.own(1, b);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Lets the pause between two changes end, and counts anew. */
    private void rest() {
        cluster.pass(Changes.PAUSE.multipliedBy(2));
        told.set(0);
    }

    @Test
    void listsTheWorkersOfAllNodesWithTheirNode() {
        a.connect(hello("one", 1), sink);
        b.connect(hello("two", 2), sink);

        List<WorkerView> workers = c.dispatcher.workforce().workers();

        assertThat(workers).extracting(WorkerView::id).containsExactlyInAnyOrder("one", "two");
        assertThat(workers)
                .filteredOn(worker -> worker.id().equals("two"))
                .singleElement()
                .satisfies(worker -> {
                    assertThat(worker.node()).isEqualTo("b");
                    assertThat(worker.capacity()).isEqualTo(2);
                    assertThat(worker.types()).containsExactly(TYPE);
                });
    }

    @Test
    void leavesOutANodeThatCannotBeReached() {
        a.connect(hello("one", 1), sink);
        b.connect(hello("two", 2), sink);
        cluster.network.cut("b", "c");
        cluster.settle();

        assertThat(c.dispatcher.workforce().workers())
                .extracting(WorkerView::id)
                .containsExactly("one");
    }

    @Test
    void knowsAtEveryNodeWhoHasAJobAndHowFarItIs() {
        WorkerSession session = b.connect(hello("w", 1), sink);
        cluster.offer(offer(2), offer(4));
        cluster.settle();
        session.heartbeat(id(2), json("7"));

        assertThat(c.dispatcher.workforce().presences(List.of(id(2), id(4))))
                .hasSize(1)
                .hasEntrySatisfying(id(2), presence -> {
                    assertThat(presence.worker()).isEqualTo("w");
                    assertThat(presence.progress()).isEqualTo(json("7"));
                });
    }

    @Test
    void knowsATypeAsLongAsAnyNodeHasAWorkerForIt() {
        assertThat(c.dispatcher.workforce().hasWorkerFor(TYPE)).isFalse();
        WorkerSession session = b.connect(hello("w", 1), sink);
        assertThat(c.dispatcher.workforce().hasWorkerFor(TYPE)).isTrue();

        session.disconnected();
        cluster.settle();

        assertThat(c.dispatcher.workforce().hasWorkerFor(TYPE)).isFalse();
    }

    @Test
    void aDeadNodesTypesAreServedNoMore() {
        b.connect(hello("w", 1), sink);

        cluster.kill(b);

        assertThat(c.dispatcher.workforce().hasWorkerFor(TYPE)).isFalse();
    }

    @Test
    void aNodeThatJoinsLearnsWhatTheOthersServe() {
        b.connect(hello("w", 1), sink);

        assertThat(cluster.node("d").dispatcher.workforce().hasWorkerFor(TYPE)).isTrue();
    }

    @Test
    void whoWatchesAnInstanceHearsWhatItsWorkerDoesAtAnotherNode() {
        Subscription watch = c.work.watch(instance(2), told::incrementAndGet);
        WorkerSession session = b.connect(hello("w", 1), sink);
        rest();

        cluster.offer(offer(2));
        cluster.settle();
        assertThat(told).hasValue(1);
        rest();
        session.heartbeat(id(2), json("1"));
        cluster.settle();
        assertThat(told).hasValue(1);

        watch.close();
        cluster.settle();
        rest();
        session.heartbeat(id(2), json("2"));
        cluster.settle();
        assertThat(told).hasValue(0);
    }

    @Test
    void whoWatchesTheWorkersHearsOfThoseAtOtherNodes() {
        c.work.watchWorkers(told::incrementAndGet);
        cluster.settle();
        rest();

        WorkerSession session = b.connect(hello("w", 1), sink);
        assertThat(told).hasPositiveValue();
        rest();
        cluster.offer(offer(2));
        cluster.settle();
        assertThat(told).hasPositiveValue();
        rest();
        session.results(List.of(completed(2)));
        cluster.settle();
        assertThat(told).hasPositiveValue();
    }

    @Test
    void whoWaitsForAWorkerHearsWhenOneComesToAnyNode() {
        c.work.watch(instance(2), told::incrementAndGet);
        cluster.settle();
        rest();

        b.connect(hello("w", 1), sink);

        assertThat(told).hasPositiveValue();
    }

    @Test
    void aWatchIsToldAgainWhenALinkIsBack() {
        cluster.network.cut("b", "c");
        cluster.settle();
        c.work.watch(instance(2), told::incrementAndGet);
        WorkerSession session = b.connect(hello("w", 1), sink);
        cluster.offer(offer(2));
        cluster.network.restore("b", "c");
        cluster.settle();
        rest();

        session.heartbeat(id(2), json("1"));
        cluster.settle();

        assertThat(told).hasValue(1);
        cluster.pass(Duration.ofSeconds(1));
    }
}
