package io.orquestrax.sdk.worker;

import static io.orquestrax.sdk.worker.TestingConnection.job;
import static io.orquestrax.sdk.worker.TestingConnection.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.protocol.v1.JobClaim;
import io.orquestrax.sdk.TestingServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker and several nodes. */
class WorkerFailoverTest {
    private final TestingWorkerService first = new TestingWorkerService();
    private final TestingWorkerService second = new TestingWorkerService();
    private final TestingServer firstServer = new TestingServer(first);
    private final TestingServer secondServer = new TestingServer(second);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void stop() {
        firstServer.close();
        secondServer.close();
    }

    private Worker worker(String target) {
        return Worker.builder(target)
                .handler("step", (input, context) -> {
                    begun.countDown();
                    mayEnd.await();
                    return context.isCancelled() ? "cancelled" : "done";
                })
                .build()
                .start();
    }

    @Test
    void goesOnWithItsJobsAtANodeThatItWasToldOf() throws Exception {
        try (Worker worker = worker(firstServer.target())) {
            TestingConnection before = first.awaitConnection();
            before.awaitHello();
            before.welcomeWith(firstServer.target(), secondServer.target());
            before.give(job(1, "step", "{}"));
            begun.await();

            firstServer.stop();
            TestingConnection after = second.awaitConnection();

            assertThat(after.awaitHello().getClaimsList())
                    .extracting(JobClaim::getKey)
                    .containsExactly(key(1));
            after.welcomeWith(secondServer.target());
            mayEnd.countDown();
            assertThat(after.awaitResult().getOutput().toStringUtf8()).isEqualTo("\"done\"");
            after.acknowledge(key(1));
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void goesOnElsewhereWithItsJobsWhenItsNodeLeaves() throws Exception {
        try (Worker worker = worker(firstServer.target())) {
            TestingConnection before = first.awaitConnection();
            before.awaitHello();
            before.welcomeWith(firstServer.target());
            before.give(job(1, "step", "{}"));
            begun.await();

            before.tell(true, secondServer.target());
            TestingConnection after = second.awaitConnection();

            before.awaitEnd();
            assertThat(after.awaitHello().getClaimsList())
                    .extracting(JobClaim::getKey)
                    .containsExactly(key(1));
            after.welcomeWith(secondServer.target());
            mayEnd.countDown();
            assertThat(after.awaitResult().getOutput().toStringUtf8()).isEqualTo("\"done\"");
            after.acknowledge(key(1));
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void knowsTheNodesThatCameSinceItConnected() throws Exception {
        try (Worker worker = worker(firstServer.target())) {
            TestingConnection before = first.awaitConnection();
            before.awaitHello();
            before.welcomeWith(firstServer.target());
            before.tell(false, firstServer.target(), secondServer.target());
            before.give(job(1, "step", "{}"));
            begun.await();

            firstServer.stop();

            second.awaitWelcomed();
            mayEnd.countDown();
            assertThat(worker.awaitConnected(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void triesEachOfTheNodesThatItWasGiven() throws Exception {
        mayEnd.countDown();
        try (Worker worker = worker("127.0.0.1:1," + secondServer.target())) {
            second.awaitWelcomed();

            assertThat(worker.awaitConnected(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void comesBackToWhatItWasGivenWhereNodesNameWhatCannotBeReached() throws Exception {
        mayEnd.countDown();
        try (Worker worker = worker(firstServer.target())) {
            TestingConnection before = first.awaitConnection();
            before.awaitHello();
            before.welcomeWith("127.0.0.1:1");

            before.end();

            first.awaitWelcomed();
            assertThat(worker.awaitConnected(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void manyWorkersBeginAtDifferentNodes() {
        List<String> given = List.of("a:1", "b:1", "c:1");
        Set<String> begun = new HashSet<>();

        for (int worker = 0; worker < 200; worker++) {
            begun.add(new Addresses(given).next().orElseThrow());
        }

        assertThat(begun).containsExactlyInAnyOrderElementsOf(given);
    }
}
