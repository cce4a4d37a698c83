package io.orquestrax.sdk;

import static io.orquestrax.sdk.TestingWorkflowService.instance;
import static io.orquestrax.sdk.TestingWorkflowService.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client does where the server has too much to do. */
class OverloadTest {
    private final TestingWorkflowService service = new TestingWorkflowService();

    @Test
    void repeatsEvenAStartWithoutKeyWhereTheServerIsOverloaded() {
        AtomicInteger calls = overloaded(2, Duration.ofMillis(1));
        service.with(client -> {
            assertThat(client.start("n", "d", Map.of()).id()).isEqualTo("i1");
            assertThat(calls).hasValue(3);
        });
    }

    @Test
    void doesNotTryAgainWhereTheServerWantsLongerThanTheDeadline() {
        AtomicInteger calls = overloaded(2, Duration.ofHours(1));
        service.with(client -> {
            assertThatThrownBy(() -> client.start("n", "d", Map.of()))
                    .isInstanceOfSatisfying(
                            OrquestraxException.class,
                            failure ->
                                    assertThat(failure.is(ErrorCode.OVERLOADED)).isTrue());
            assertThat(calls).hasValue(1);
        });
    }

    @Test
    void hasNoMoreStartsUnderWayThanAServerHasUseFor() {
        service.sayNothing(WorkflowServiceGrpc.getStartInstanceMethod());
        service.answer(
                WorkflowServiceGrpc.getGetInstanceMethod(),
                request -> instance("running").build());
        service.with(client -> {
            StartRequest request = StartRequest.of("n", "d");
            List<CompletableFuture<Instance>> starts = IntStream.range(0, StartWindow.MOST + 50)
                    .mapToObj(index -> client.startAsync(request))
                    .toList();
            awaitStarts(StartWindow.MOST);

            assertThat(client.instance("i1").status()).isEqualTo(InstanceStatus.RUNNING);
            assertThat(service.requests(StartInstanceRequest.class)).hasSize(StartWindow.MOST);
            starts.subList(0, 50).forEach(start -> start.cancel(true));

            awaitStarts(StartWindow.MOST + 50);
        });
    }

    @Test
    void aStartThatIsNotSentEndsAtItsDeadline() {
        service.sayNothing(WorkflowServiceGrpc.getStartInstanceMethod());
        try (TestingServer server = new TestingServer(service);
                OrquestraxClient client = OrquestraxClient.builder(server.target())
                        .deadline(Duration.ofSeconds(2))
                        .build()) {
            StartRequest request = StartRequest.of("n", "d");
            // They last longer than what waits for them.
            IntStream.range(0, StartWindow.MOST).forEach(index -> client.runAsync(request, Duration.ofMinutes(1)));

            assertThatThrownBy(() -> client.start(request))
                    .isInstanceOfSatisfying(OrquestraxException.class, failure -> {
                        assertThat(failure.is(ErrorCode.DEADLINE_EXCEEDED)).isTrue();
                        assertThat(failure.detail()).contains("too many of this client were before it");
                    });
        }
    }

    @Test
    void aStartThatWouldWaitTooLongFailsAtOnce() {
        CompletableFuture<Void> someWait = new CompletableFuture<>();
        service.answerFirst(10, WorkflowServiceGrpc.getStartInstanceMethod(), request -> {
            someWait.join();
            return instance("running").build();
        });
        service.with(client -> {
            StartRequest request = StartRequest.of("n", "d");
            IntStream.range(0, StartWindow.MOST + 1000).forEach(index -> client.startAsync(request));
            // A rate is known after half a second in which some wait.
            long known = System.nanoTime() + StartWindow.RATE_NANOS;
            while (System.nanoTime() - known < 0) {
                LockSupport.parkNanos(1_000_000);
            }
            someWait.complete(null);
            awaitStarts(StartWindow.MOST + 10);

            assertThat(client.startAsync(request))
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ofSeconds(1))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            OrquestraxException.class,
                            failure ->
                                    assertThat(failure.is(ErrorCode.OVERLOADED)).isTrue());
        });
    }

    private void awaitStarts(int count) {
        while (service.requests(StartInstanceRequest.class).size() < count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private AtomicInteger overloaded(int times, Duration retryAfter) {
        AtomicInteger calls = new AtomicInteger();
        service.answer(WorkflowServiceGrpc.getStartInstanceMethod(), request -> {
            if (calls.incrementAndGet() <= times) {
                throw refusal(
                        Status.RESOURCE_EXHAUSTED,
                        Problem.newBuilder()
                                .setCode(ErrorCode.OVERLOADED.text())
                                .setRetryAfter(Durations.message(retryAfter))
                                .build());
            }
            return instance("running").build();
        });
        return calls;
    }
}
