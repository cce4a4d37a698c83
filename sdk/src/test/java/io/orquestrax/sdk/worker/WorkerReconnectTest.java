package io.orquestrax.sdk.worker;

import static io.orquestrax.sdk.worker.TestingConnection.job;
import static io.orquestrax.sdk.worker.TestingConnection.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.JobClaim;
import io.orquestrax.protocol.v1.WorkerMessage.MessageCase;
import io.orquestrax.sdk.TestingServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker does when its stream breaks. */
class WorkerReconnectTest {
    private final TestingWorkerService service = new TestingWorkerService();
    private final TestingServer server = new TestingServer(service);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deliversResultOfJobThatRanThroughARestartUntilItIsAcknowledged() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger executions = new AtomicInteger();
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> {
                    executions.incrementAndGet();
                    begun.countDown();
                    mayEnd.await();
                    return "done";
                })
                .build()
                .start()) {
            service.awaitWelcomed().give(job(1, "step", "{}"));
            begun.await();

            // when the server goes down and comes back
            server.stop();
            server.startAgain();
            TestingConnection second = service.awaitConnection();
            Hello hello = second.awaitHello();

            // then the running job is claimed by the same worker
            assertThat(hello.getWorkerId()).isEqualTo(worker.id());
            assertThat(hello.getClaimsList()).extracting(JobClaim::getKey).containsExactly(key(1));
            assertThat(hello.getClaims(0).hasStartedAt()).isTrue();

            // and its result comes, again and again until it is acknowledged
            second.welcome();
            mayEnd.countDown();
            assertThat(second.awaitResult().getOutput().toStringUtf8()).isEqualTo("\"done\"");
            second.end();
            TestingConnection third = service.awaitConnection();
            assertThat(third.awaitHello().getClaimsList())
                    .extracting(JobClaim::getKey)
                    .containsExactly(key(1));
            third.welcome();
            assertThat(third.awaitResult().getKey()).isEqualTo(key(1));
            third.acknowledge(key(1));
            third.acknowledge(key(1));

            // and not once more
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
            third.await(MessageCase.DRAIN);
            assertThat(third.unread()).isEmpty();
            assertThat(executions).hasValue(1);
        }
    }

    @Test
    void claimsNothingThatWasAcknowledged() throws Exception {
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> input)
                .build()
                .start()) {
            TestingConnection first = service.awaitWelcomed();
            first.give(job(1, "step", "{}"));
            first.awaitResult();
            first.acknowledge(key(1));

            // when
            first.end();
            TestingConnection second = service.awaitConnection();

            // then
            assertThat(second.awaitHello().getClaimsList()).isEmpty();
            second.welcome();
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void connectsWhenTheServerComesUpLater() throws Exception {
        server.stop();
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> input)
                .build()
                .start()) {
            assertThat(worker.awaitConnected(Duration.ofMillis(300))).isFalse();

            // when
            server.startAgain();
            service.awaitWelcomed();

            // then
            assertThat(worker.awaitConnected(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void stopsJobsAndDropsResultsWhoseClaimsAreRefused() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean flag = new AtomicBoolean();
        try (Worker worker = Worker.builder(server.target())
                .handler("long", (input, context) -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return "never";
                    } catch (InterruptedException expected) {
                        flag.set(context.isCancelled());
                        interrupted.countDown();
                        throw expected;
                    }
                })
                .handler("short", (input, context) -> "done")
                .build()
                .start()) {
            TestingConnection first = service.awaitWelcomed();
            first.give(job(1, "long", "{}"), job(2, "short", "{}"));
            begun.await();
            first.awaitResult();

            // when
            first.end();
            TestingConnection second = service.awaitConnection();
            assertThat(second.awaitHello().getClaimsList())
                    .extracting(JobClaim::getKey)
                    .containsExactlyInAnyOrder(key(1), key(2));
            second.welcome(key(1), key(2));

            // then
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(flag).isTrue();
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
            second.await(MessageCase.DRAIN);
            assertThat(second.unread()).isEmpty();
        }
    }

    @Test
    void drainsAgainOnANewStream() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> {
                    begun.countDown();
                    mayEnd.await();
                    return "done";
                })
                .build()
                .start()) {
            TestingConnection first = service.awaitWelcomed();
            first.give(job(1, "step", "{}"));
            begun.await();
            Thread drain = Thread.startVirtualThread(() -> worker.drain(Duration.ofSeconds(20)));
            first.await(MessageCase.DRAIN);

            // when
            first.end();
            TestingConnection second = service.awaitWelcomed();

            // then
            second.await(MessageCase.DRAIN);
            mayEnd.countDown();
            second.awaitResult();
            second.acknowledge(key(1));
            assertThat(drain.join(Duration.ofSeconds(10))).isTrue();
        }
    }
}
