package io.orquestrax.examples.order;

import io.orquestrax.sdk.worker.JobContext;
import io.orquestrax.sdk.worker.JobFailure;
import io.orquestrax.sdk.worker.JobHandlers;
import io.orquestrax.sdk.worker.Registry;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an order needs done. Nothing is bought and nobody is charged: each answer follows from the job alone, so that a
 * demonstration shows the same every time.
 */
public final class OrderHandlers implements JobHandlers {
    static final String CARD_DECLINED = "urn:orquestrax:examples:order:card-declined";
    static final String BANK_UNREACHABLE = "urn:orquestrax:examples:order:bank-unreachable";
    static final String OUT_OF_STOCK = "urn:orquestrax:examples:order:out-of-stock";

    /** How often the bank cannot be reached before it answers. */
    private static final int FAILING_CALLS = 2;

    record Reserve(String orderId, @Nullable List<Item> items) {}

    record Item(String sku, int quantity) {}

    record Reservation(String reservation, int pieces) {}

    /**
     * @param call which call of the bank this is, from 1: the workflow counts its retries
     */
    record Charge(String orderId, BigDecimal amount, String card, int call) {}

    record Receipt(String receipt, BigDecimal amount) {}

    record Ship(String orderId, String reservation) {}

    record Shipment(String tracking) {}

    record Release(String reservation) {}

    record Notice(String orderId, String message) {}

    @Override
    public void register(Registry registry) {
        registry.handler("reserve-stock", Reserve.class, OrderHandlers::reserve);
        registry.handler("charge-card", Charge.class, OrderHandlers::charge);
        registry.handler("ship-order", Ship.class, (input, job) -> new Shipment("parcel-" + input.orderId()));
        registry.voidHandler(
                "release-stock", Release.class, (input, job) -> job.logger().info("Released {}", input.reservation()));
        registry.voidHandler(
                "notify-customer",
                Notice.class,
                (input, job) -> job.logger().info("Told the customer of {}: {}", input.orderId(), input.message()));
    }

    static Reservation reserve(Reserve input, JobContext job) {
        List<Item> items = input.items() == null ? List.of() : input.items();
        for (Item item : items) {
            if (item.quantity() > 100) {
                throw JobFailure.of(OUT_OF_STOCK, 409)
                        .title("Out of stock")
                        .detail("Expected at most 100 pieces of " + item.sku() + ", but order " + input.orderId()
                                + " wants " + item.quantity())
                        .with("sku", item.sku())
                        .notRetryable();
            }
        }
        return new Reservation(
                "reservation-" + input.orderId(),
                items.stream().mapToInt(Item::quantity).sum());
    }

    static Receipt charge(Charge input, JobContext job) {
        if ("declined".equals(input.card())) {
            throw JobFailure.of(CARD_DECLINED, 402)
                    .title("Card declined")
                    .detail("The bank declined the card for order " + input.orderId())
                    .notRetryable();
        }
        if (input.call() <= FAILING_CALLS) {
            throw JobFailure.of(BANK_UNREACHABLE, 503)
                    .title("Bank unreachable")
                    .detail("The bank did not answer call " + input.call() + " for order " + input.orderId());
        }
        return new Receipt("receipt-" + input.orderId(), input.amount());
    }
}
