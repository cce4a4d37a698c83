package io.orquestrax.sdk;

import static io.orquestrax.sdk.TestingWorkflowService.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.protocol.v1.AwaitInstanceRequest;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waits for the end of an instance, also of one that is started by the same call. */
class InstanceWaitTest {
    private final TestingWorkflowService service = new TestingWorkflowService();

    record Sum(BigDecimal sum) {}

    @Test
    void waitsOverSeveralAnswersUntilTheInstanceIsClosed() {
        AtomicInteger calls = new AtomicInteger();
        service.answer(
                WorkflowServiceGrpc.getAwaitInstanceMethod(),
                request -> instance(calls.incrementAndGet() < 3 ? "running" : "completed")
                        .build());
        service.with(client -> {
            Instance closed = client.await("i1", Duration.ofMinutes(2));

            assertThat(closed.outputAs(Sum.class)).isEqualTo(new Sum(new BigDecimal("1.10")));
            assertThat(closed.outputAs(JsonNode.class).path("sum").decimalValue())
                    .isEqualTo(new BigDecimal("1.10"));
            assertThat(service.requests(AwaitInstanceRequest.class))
                    .hasSize(3)
                    .allMatch(request -> request.getWait().getSeconds() <= 30);
        });
    }

    @Test
    void answersTheOpenInstanceWhenTheWaitIsOver() {
        service.answer(
                WorkflowServiceGrpc.getAwaitInstanceMethod(),
                request -> instance("waiting").build());
        service.with(client -> {
            Instance open = client.await("i1", Duration.ofMillis(250));

            assertThat(open.status()).isEqualTo(InstanceStatus.WAITING);
            assertThatThrownBy(() -> open.outputAs(Sum.class))
                    .isInstanceOf(NotCompletedException.class)
                    .hasMessageContaining("n/d/1.0.0")
                    .hasMessageContaining("waiting");
        });
    }

    @Test
    void startsAndAwaitsInOneCall() {
        service.answer(
                WorkflowServiceGrpc.getStartInstanceMethod(),
                request -> instance("completed").setInput(request.getInput()).build());
        service.with(client -> {
            Instance closed = client.run(StartRequest.of("n", "d").withInputJson("7"), Duration.ofSeconds(20));

            assertThat(closed.outputAs(Sum.class)).isEqualTo(new Sum(new BigDecimal("1.10")));
            assertThat(closed.input()).hasToString("7");
            assertThat(service.requests(StartInstanceRequest.class))
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.getWait().getSeconds()).isEqualTo(5));
        });
    }

    @Test
    void goesOnWaitingWhereTheStartIsAnsweredBeforeTheEnd() {
        service.answer(
                WorkflowServiceGrpc.getStartInstanceMethod(),
                request -> instance("running").build());
        service.answer(
                WorkflowServiceGrpc.getAwaitInstanceMethod(),
                request -> instance("completed").build());
        service.with(client -> {
            Instance closed = client.run(StartRequest.of("n", "d"), Duration.ofMinutes(2));

            assertThat(closed.status()).isEqualTo(InstanceStatus.COMPLETED);
            assertThat(service.requests(StartInstanceRequest.class))
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.getWait().getSeconds()).isEqualTo(5));
            assertThat(service.requests(AwaitInstanceRequest.class))
                    .extracting(AwaitInstanceRequest::getId)
                    .containsExactly("i1");
        });
    }

    @Test
    void repeatsARunUnderAnIdThatSaysSo() {
        AtomicInteger calls = service.failsTwice();
        service.answer(
                WorkflowServiceGrpc.getAwaitInstanceMethod(),
                request -> instance("completed").build());
        service.with(client -> {
            assertThat(client.run(StartRequest.of("n", "d"), Duration.ofMinutes(1))
                            .isClosed())
                    .isTrue();

            assertThat(calls).hasValue(3);
            assertThat(service.requests(StartInstanceRequest.class))
                    .extracting(StartInstanceRequest::getAgain)
                    .containsExactly(false, true, true);
        });
    }

    @Test
    void awaitsAnInstanceWithAKeyByACallOfItsOwn() {
        service.answer(
                WorkflowServiceGrpc.getStartInstanceMethod(),
                request -> instance("running").build());
        service.answer(
                WorkflowServiceGrpc.getAwaitInstanceMethod(),
                request -> instance("completed").build());
        service.with(client -> {
            Instance closed = client.run(StartRequest.of("n", "d").withKey("k"), Duration.ofMinutes(1));

            assertThat(closed.status()).isEqualTo(InstanceStatus.COMPLETED);
            assertThat(service.requests(StartInstanceRequest.class))
                    .singleElement()
                    .satisfies(request -> assertThat(request.hasWait()).isFalse());
        });
    }
}
