package io.orquestrax.sdk.worker;

import static io.orquestrax.sdk.worker.TestingConnection.job;
import static io.orquestrax.sdk.worker.TestingConnection.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.orquestrax.protocol.v1.Heartbeat;
import io.orquestrax.protocol.v1.Heartbeats;
import io.orquestrax.protocol.v1.Job;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.protocol.v1.WorkerMessage.MessageCase;
import io.orquestrax.sdk.TestingServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancellation, capacity, heartbeats, draining and flow control. */
class WorkerControlTest {
    private final TestingWorkerService service = new TestingWorkerService();
    private final TestingServer server = new TestingServer(service);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void cancelledJobIsInterruptedAndReportsNothing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CountDownLatch action = new CountDownLatch(1);
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> {
                    context.onCancel(action::countDown);
                    begun.countDown();
                    try {
                        return new LinkedBlockingQueue<>().take();
                    } finally {
                        flag.complete(context.isCancelled());
                    }
                })
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();
            connection.give(job(1, "step", "{}"));
            begun.await();

            // when
            connection.cancel(key(1));

            // then
            assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(action.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
            connection.await(MessageCase.DRAIN);
            assertThat(connection.unread()).isEmpty();
        }
    }

    @Test
    void handlerThatIgnoresInterruptsKeepsItsSlot() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        BlockingQueue<String> executed = new LinkedBlockingQueue<>();
        try (Worker worker = Worker.builder(server.target())
                .capacity(1)
                .handler("stubborn", (input, context) -> {
                    begun.countDown();
                    while (mayEnd.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return executed.add("stubborn");
                })
                .handler("next", (input, context) -> executed.add("next"))
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();
            connection.give(job(1, "stubborn", "{}"));
            begun.await();

            // when it is cancelled and the server fills the slot again, and once more than it may
            connection.cancel(key(1));
            connection.give(job(2, "next", "{}"), job(3, "next", "{}"));

            // then the one too many goes back, and the other one runs only after the stubborn one
            assertThat(connection.await(MessageCase.HAND_BACK).getHandBack().getKeysList())
                    .containsExactly(key(3));
            mayEnd.countDown();
            assertThat(connection.awaitResult().getKey()).isEqualTo(key(2));
            assertThat(executed).containsExactly("stubborn", "next");
            connection.acknowledge(key(2));
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void jobGivenTwiceRunsOnce() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        BlockingQueue<String> executed = new LinkedBlockingQueue<>();
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> {
                    mayEnd.await();
                    return executed.add(context.jobId());
                })
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();

            // when it is given twice while it runs, and again when it is done
            connection.give(job(1, "step", "{}"), job(1, "step", "{}"));
            mayEnd.countDown();
            connection.awaitResult();
            connection.give(job(1, "step", "{}"));

            // then the result is said again, and the handler ran once
            assertThat(connection.awaitResult().getKey()).isEqualTo(key(1));
            assertThat(executed).hasSize(1);
            connection.acknowledge(key(1));
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void handsBackJobOfATypeThatItDoesNotHave() throws Exception {
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> input)
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();

            connection.give(job(1, "other", "{}"));

            assertThat(connection.await(MessageCase.HAND_BACK).getHandBack().getKeysList())
                    .containsExactly(key(1));
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void sendsTheLastProgressBeforeTheResult() throws Exception {
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> {
                    for (int row = 1; row <= 10_000; row++) {
                        context.heartbeat(row);
                    }
                    context.heartbeat();
                    throw new IllegalStateException("half way");
                })
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();
            connection.give(job(1, "step", "{}"));

            // when
            int messages = 0;
            Heartbeat last = Heartbeat.getDefaultInstance();
            WorkerMessage message = connection.next();
            while (message.getMessageCase() == MessageCase.HEARTBEATS) {
                messages++;
                Heartbeats heartbeats = message.getHeartbeats();
                last = heartbeats.getHeartbeats(heartbeats.getHeartbeatsCount() - 1);
                message = connection.next();
            }

            // then far fewer were sent than were reported, and none was lost that counts
            assertThat(message.getMessageCase()).isEqualTo(MessageCase.RESULTS);
            assertThat(last.getProgress()).isEqualTo(ByteString.copyFromUtf8("10000"));
            assertThat(messages).isLessThan(2_000);
            connection.acknowledge(key(1));
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void heartbeatOfACancelledJobSaysSo() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> {
                    begun.countDown();
                    while (true) {
                        try {
                            context.heartbeat();
                        } catch (CancellationException expected) {
                            thrown.complete(expected);
                            throw expected;
                        }
                    }
                })
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();
            connection.give(job(1, "step", "{}"));
            begun.await();

            connection.cancel(key(1));

            assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void drainFinishesWhatRunsAndHandsBackWhatComes() throws Exception {
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
            TestingConnection connection = service.awaitWelcomed();
            connection.give(job(1, "step", "{}"));
            begun.await();

            // when
            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> worker.drain(Duration.ofSeconds(20)));
            connection.await(MessageCase.DRAIN);
            connection.give(job(2, "step", "{}"));

            // then
            assertThat(connection.await(MessageCase.HAND_BACK).getHandBack().getKeysList())
                    .containsExactly(key(2));
            mayEnd.countDown();
            assertThat(connection.awaitResult().getKey()).isEqualTo(key(1));
            assertThat(drained).isNotDone();
            connection.acknowledge(key(1));
            assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
            connection.awaitEnd();
            assertThat(worker.isConnected()).isFalse();
        }
    }

    @Test
    void drainInterruptsAndHandsBackWhatDoesNotEndInTime() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> {
                    begun.countDown();
                    try {
                        return new LinkedBlockingQueue<>().take();
                    } catch (InterruptedException expected) {
                        interrupted.countDown();
                        return "too late";
                    }
                })
                .build()
                .start()) {
            TestingConnection connection = service.awaitWelcomed();
            connection.give(job(1, "step", "{}"));
            begun.await();

            // when
            boolean clean = worker.drain(Duration.ofMillis(50));

            // then
            assertThat(clean).isFalse();
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            connection.await(MessageCase.DRAIN);
            assertThat(connection.await(MessageCase.HAND_BACK).getHandBack().getKeysList())
                    .containsExactly(key(1));
            connection.awaitEnd();
            assertThat(connection.unread()).isEmpty();
        }
    }

    @Test
    void putsWhatIsReadyIntoFewMessagesWhereTheServerIsSlow() throws Exception {
        int jobs = 200;
        TestingWorkerService slow = new TestingWorkerService(false);
        try (TestingServer slowServer = new TestingServer(slow);
                Worker worker = Worker.builder(slowServer.target())
                        .capacity(jobs)
                        .handler("step", (input, context) -> "x".repeat(10_000))
                        .build()
                        .start()) {
            TestingConnection connection = slow.awaitConnection();
            connection.awaitHello();
            connection.welcome();

            // when all are done before the server reads on
            connection.give(IntStream.rangeClosed(1, jobs)
                    .mapToObj(activation -> job(activation, "step", "{}"))
                    .toArray(Job[]::new));
            Set<Long> delivered = new HashSet<>();
            int messages = 0;
            while (delivered.size() < jobs) {
                connection.read();
                messages++;
                for (Result result :
                        connection.await(MessageCase.RESULTS).getResults().getResultsList()) {
                    assertThat(delivered.add(result.getKey().getActivation())).isTrue();
                    connection.acknowledge(result.getKey());
                }
            }

            // then
            assertThat(messages).isLessThan(jobs / 2);
            connection.read();
            connection.read();
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void splitsResultsThatDoNotFitIntoOneMessage() throws Exception {
        int limit = 32 << 10;
        CountDownLatch allBegun = new CountDownLatch(10);
        CountDownLatch allDone = new CountDownLatch(10);
        CountDownLatch mayEnd = new CountDownLatch(1);
        TestingWorkerService strict = new TestingWorkerService();
        try (TestingServer strictServer = new TestingServer(strict, limit);
                Worker worker = Worker.builder(strictServer.target())
                        .maxMessageBytes(limit)
                        .handler("step", (input, context) -> {
                            allBegun.countDown();
                            mayEnd.await();
                            allDone.countDown();
                            return "x".repeat(12_000);
                        })
                        .build()
                        .start()) {
            TestingConnection first = strict.awaitWelcomed();
            first.give(IntStream.rangeClosed(1, 10)
                    .mapToObj(activation -> job(activation, "step", "{}"))
                    .toArray(Job[]::new));

            assertThat(allBegun.await(30, TimeUnit.SECONDS)).isTrue();

            // when all of them are due at once, on a new stream
            strictServer.stop();
            mayEnd.countDown();
            assertThat(allDone.await(30, TimeUnit.SECONDS)).isTrue();
            strictServer.startAgain();
            TestingConnection second = strict.awaitWelcomed();

            // then
            for (int i = 0; i < 10; i++) {
                second.acknowledge(second.awaitResult().getKey());
            }
            assertThat(worker.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void refusesToStartTwice() {
        try (Worker worker = Worker.builder(server.target())
                .handler("step", (input, context) -> input)
                .build()
                .start()) {
            assertThatThrownBy(worker::start).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesTwoHandlersOfOneType() {
        Worker.Builder builder = Worker.builder(server.target()).handler("step", (input, context) -> input);

        assertThatThrownBy(() -> builder.handler("step", (input, context) -> input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step");
    }
}
