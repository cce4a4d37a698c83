package io.orquestrax.examples.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.examples.TestingJobContext;
import io.orquestrax.examples.order.OrderHandlers.Charge;
import io.orquestrax.examples.order.OrderHandlers.Item;
import io.orquestrax.examples.order.OrderHandlers.Receipt;
import io.orquestrax.examples.order.OrderHandlers.Reserve;
import io.orquestrax.sdk.worker.JobFailure;
import io.orquestrax.sdk.worker.JobHandlers;
import java.math.BigDecimal;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OrderHandlersTest {
    private static final BigDecimal AMOUNT = new BigDecimal("49.90");

    private final TestingJobContext job = new TestingJobContext();

    @Test
    void bankAnswersTheThirdCall() {
        assertThatThrownBy(() -> OrderHandlers.charge(new Charge("1", AMOUNT, "4242", 1), job))
                .isInstanceOfSatisfying(
                        JobFailure.class,
                        failure -> assertThat(failure.status()).isEqualTo(503));
        assertThatThrownBy(() -> OrderHandlers.charge(new Charge("1", AMOUNT, "4242", 2), job))
                .isInstanceOf(JobFailure.class);

        assertThat(OrderHandlers.charge(new Charge("1", AMOUNT, "4242", 3), job))
                .isEqualTo(new Receipt("receipt-1", AMOUNT));
    }

    @Test
    void declinedCardIsNotTriedAgain() {
        assertThatThrownBy(() -> OrderHandlers.charge(new Charge("1", AMOUNT, "declined", 3), job))
                .isInstanceOfSatisfying(JobFailure.class, failure -> {
                    assertThat(failure.type()).isEqualTo(OrderHandlers.CARD_DECLINED);
                    assertThat(failure.status()).isEqualTo(402);
                    assertThat(failure.isRetryable()).isFalse();
                });
    }

    @Test
    void stockHasAnEnd() {
        assertThat(OrderHandlers.reserve(new Reserve("1", List.of(new Item("lamp", 2), new Item("bulb", 3))), job)
                        .pieces())
                .isEqualTo(5);
        assertThatThrownBy(() -> OrderHandlers.reserve(new Reserve("1", List.of(new Item("lamp", 101))), job))
                .hasMessageContaining("lamp");
    }

    @Test
    void serviceLoaderFindsTheHandlers() {
        assertThat(ServiceLoader.load(JobHandlers.class))
                .extracting(handlers -> handlers.getClass().getSimpleName())
                .containsExactlyInAnyOrder("PipelineHandlers", "OrderHandlers");
    }
}
