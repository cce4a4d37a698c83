package io.orquestrax.server.connector.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.expression.CarriedExpression;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How much a subscription consumes (DSL reference, AsyncAPI Message Consumption Policy): {@code while} and {@code until}
 * look at the list of what was consumed so far, the one after each message, the other before the next.
 */
final class Consumption {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final JsonNode subscription;
    private final AsyncApiLimits limits;
    private final InstantSource clock;
    private final IntConsumer progress;
    private final @Nullable Instant end;
    private final ArrayNode consumed = Json.NODES.arrayNode();
    private int bytes;

    /**
     * @param progress takes the number of messages so far
     */
    Consumption(JsonNode subscription, AsyncApiLimits limits, InstantSource clock, IntConsumer progress) {
        this.progress = progress;
        this.subscription = subscription;
        this.limits = limits;
        this.clock = clock;
        this.end = subscription.has("for")
                ? clock.instant().plus(Duration.parse(subscription.path("for").asText()))
                : null;
    }

    /** Blocks until it is over. */
    JsonNode of(Feed feed) throws ConnectorFailure, InterruptedException {
        try {
            boolean goesOn = true;
            progress.accept(0);
            while (goesOn && !isOver()) {
                Optional<Message> next = feed.next(patience());
                if (next.isPresent()) {
                    goesOn = take(next.get(), feed);
                }
            }
            return consumed;
        } catch (ExpressionException failed) {
            throw ConnectorFailure.of(
                    StandardError.EXPRESSION, "Expression failed", String.valueOf(failed.getMessage()));
        }
    }

    private boolean isOver() {
        Instant now = clock.instant();
        if (end != null && !now.isBefore(end)) {
            return true;
        }
        return subscription.has("until")
                && CarriedExpression.of(subscription.path("until")).holds(consumed, now);
    }

    private Duration patience() {
        if (end == null) {
            return LONGEST_WAIT;
        }
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    }

    /** False where it was the last. */
    private boolean take(Message message, Feed feed) throws ConnectorFailure, InterruptedException {
        JsonNode json = message.toJson();
        Instant now = clock.instant();
        if (subscription.has("filter")
                && !CarriedExpression.of(subscription.path("filter")).holds(json, now)) {
            feed.skip();
            return true;
        }
        consumed.add(json);
        progress.accept(consumed.size());
        bytes += message.content().length;
        if (consumed.size() > limits.maxMessages() || bytes > limits.maxBytes()) {
            throw ConnectorFailure.of(
                    StandardError.RUNTIME,
                    "Too many messages",
                    "Expected at most " + limits.maxMessages() + " messages of together at most " + limits.maxBytes()
                            + " bytes, but there is more.");
        }
        if (subscription.has("amount")) {
            return consumed.size() < subscription.path("amount").asInt();
        }
        return !subscription.has("while")
                || CarriedExpression.of(subscription.path("while")).holds(consumed, now);
    }
}
