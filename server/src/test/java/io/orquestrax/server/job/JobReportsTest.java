package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.TYPE;
import static io.orquestrax.server.job.TestingJobs.id;
import static io.orquestrax.server.job.TestingJobs.json;
import static io.orquestrax.server.job.TestingJobs.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Command.LoseJob;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker without a stream whose calls arrive at any node. Node a decides for the even instances. */
final class JobReportsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final TestingCluster cluster = new TestingCluster();
    private final TestingCluster.Node a = cluster.node("a");
    private final TestingCluster.Node b = cluster.node("b");
    private final TestingCluster.Node c = cluster.node("c");

    @BeforeEach
    void share() {
        cluster.own(0, a);
        cluster.own(1, b);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private JobId activate(TestingCluster.Node node) {
        CompletableFuture<List<JobAssignment>> jobs =
                node.dispatcher.activate(Set.of(TYPE), "http", 1, Duration.ofSeconds(20), LEASE);
        cluster.settle();
        return jobs.join().getFirst().id();
    }

    private <T> T answer(CompletableFuture<T> future) {
        cluster.settle();
        return future.join();
    }

    @Test
    void aResultCountsWhicheverNodeItComesTo() {
        cluster.offer(offer(2), offer(4), offer(6));
        for (TestingCluster.Node node : List.of(a, b, c)) {
            JobId job = activate(b);

            assertThat(answer(node.dispatcher.reports().complete(job, json("1"))))
                    .isTrue();
            assertThat(answer(node.dispatcher.reports().complete(job, json("1"))))
                    .isFalse();
        }

        assertThat(cluster.accepted(CompleteJob.class))
                .hasSize(3)
                .allSatisfy(command -> assertThat(command.worker()).isEqualTo("http"));
        cluster.pass(LEASE.multipliedBy(2));
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(b.dispatcher.workers())
                .allSatisfy(worker -> assertThat(worker.running()).isZero());
    }

    @Test
    void aFailureCountsWhicheverNodeItComesTo() {
        cluster.offer(offer(2));
        JobId job = activate(b);

        assertThat(answer(c.dispatcher.reports().fail(job, TestingJobs.ERROR, false)))
                .isTrue();

        assertThat(cluster.accepted(FailJob.class)).singleElement().satisfies(command -> {
            assertThat(command.error()).isEqualTo(TestingJobs.ERROR);
            assertThat(command.retryable()).isFalse();
            assertThat(command.worker()).isEqualTo("http");
        });
    }

    @Test
    void aHeartbeatRenewsTheLeaseWhicheverNodeItComesTo() {
        cluster.offer(offer(2));
        JobId job = activate(b);

        for (TestingCluster.Node node : List.of(a, b, c, a, b, c)) {
            cluster.pass(LEASE.minusSeconds(1));
            Optional<Instant> lease = answer(node.dispatcher.reports().heartbeat(job, json("5")));
            assertThat(lease).contains(cluster.time.now().plus(LEASE));
        }

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(b.dispatcher.presence(job)).map(JobPresence::progress).contains(json("5"));
    }

    @Test
    void aJobThatIsOverIsTheCallersNoMoreAtAnyNode() {
        cluster.offer(offer(2));
        JobId job = activate(b);
        cluster.withdraw(job);

        for (TestingCluster.Node node : List.of(a, b, c)) {
            assertThat(answer(node.dispatcher.reports().heartbeat(job, null))).isEmpty();
        }
    }

    @Test
    void aJobOfADeadNodeIsKeptByAHeartbeatAtAnother() {
        cluster.offer(offer(2));
        JobId job = activate(b);

        cluster.kill(b);
        assertThat(answer(c.dispatcher.reports().heartbeat(job, null))).isPresent();
        cluster.pass(TestingCluster.UNCLAIMED_GRACE.minusMillis(1));
        assertThat(answer(c.dispatcher.reports().heartbeat(job, null))).isPresent();
        cluster.pass(Duration.ofSeconds(2));

        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
        assertThat(answer(c.dispatcher.reports().complete(job, json("1")))).isTrue();
    }

    @Test
    void nobodyIsToldToStopWhileNobodyDecides() {
        cluster.offer(offer(2));
        JobId job = activate(b);
        cluster.kill(b);
        cluster.own(0, null);

        CompletableFuture<Optional<Instant>> heartbeat = c.dispatcher.reports().heartbeat(job, null);
        cluster.settle();

        assertThat(heartbeat).isCompletedExceptionally();
        assertThat(heartbeat.exceptionNow()).isInstanceOf(ServiceException.class);
    }

    @Test
    void aResultThatComesWhileNobodyDecidesCountsLater() {
        cluster.offer(offer(2));
        JobId job = activate(b);
        cluster.kill(b);
        cluster.own(0, null);

        CompletableFuture<Boolean> counted = c.dispatcher.reports().complete(job, json("1"));
        cluster.pass(Duration.ofSeconds(5));
        assertThat(counted).isNotDone();
        cluster.own(0, a);
        cluster.pass(Duration.ofSeconds(10));

        assertThat(counted.join()).isTrue();
        assertThat(id(2)).isEqualTo(job);
        assertThat(cluster.accepted(LoseJob.class)).isEmpty();
    }

    @Test
    void aResultThatCountedIsToldSoThoughTheLinkBrokeBeforeTheAnswerCame() {
        cluster.offer(offer(2));
        JobId job = activate(b);
        cluster.whenAccepted = () -> cluster.network.cut("a", "c");

        CompletableFuture<Boolean> counted = c.dispatcher.reports().complete(job, json("1"));
        cluster.pass(Duration.ofSeconds(1));
        cluster.network.restore("a", "c");
        cluster.pass(Duration.ofSeconds(10));

        assertThat(counted.join()).isTrue();
        assertThat(cluster.accepted(CompleteJob.class)).hasSize(1);
    }
}
