package io.orquestrax.server.connector.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.expression.CarriedExpression;
import io.orquestrax.dsl.expression.ConsumedMessages;
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
 *
 * <p>Where something is done with each message, only so many are taken at a time as are wanted whatever that comes to.
 */
final class Consumption {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    /** Messages that are brought together, for one is little work for a whole job. */
    private static final int MOST_TOGETHER = 100;

    private final JsonNode subscription;
    private final JsonNode place;
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
        this.place = subscription.path("foreach");
        this.limits = limits;
        this.clock = clock;
        Instant since = place.isObject() ? Instant.parse(place.path("since").asText()) : clock.instant();
        this.end = subscription.has("for")
                ? since.plus(Duration.parse(subscription.path("for").asText()))
                : null;
    }

    /** How many messages are taken at most before they are acknowledged. */
    static int most(JsonNode subscription, AsyncApiLimits limits) {
        if (subscription.has("foreach")) {
            return MOST_TOGETHER;
        }
        int bound = limits.maxMessages() + 1;
        return Math.min(subscription.path("amount").asInt(bound), bound);
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
            throw failure(failed);
        }
    }

    /**
     * Blocks until there are messages, or it is over.
     *
     * @return {@code {"messages": […], "over": …}}
     */
    JsonNode some(Feed feed) throws ConnectorFailure, InterruptedException {
        int before = place.path("count").asInt();
        int wanted = subscription.has("amount") ? subscription.path("amount").asInt() - before : Integer.MAX_VALUE;
        int most = subscription.path("looksBack").asBoolean() ? 1 : Math.min(wanted, MOST_TOGETHER);
        try {
            progress.accept(before);
            boolean isThereMore = true;
            while (consumed.size() < most && isThereMore && !isPast()) {
                Optional<Message> next = feed.next(consumed.isEmpty() ? patience() : Duration.ZERO);
                if (next.isPresent()) {
                    take(next.get(), feed);
                }
                isThereMore = bytes < limits.maxBytes() / 2 && (next.isPresent() || consumed.isEmpty());
            }
        } catch (ExpressionException failed) {
            throw failure(failed);
        }
        boolean isOver = consumed.size() >= wanted || consumed.isEmpty();
        return Json.NODES.objectNode().put("over", isOver).set("messages", consumed);
    }

    private static ConnectorFailure failure(ExpressionException failed) {
        return ConnectorFailure.of(StandardError.EXPRESSION, "Expression failed", String.valueOf(failed.getMessage()));
    }

    private boolean isPast() {
        return end != null && !clock.instant().isBefore(end);
    }

    private boolean isOver() {
        return isPast() || (subscription.has("until") && holds("until", clock.instant()));
    }

    private boolean holds(String condition, Instant now) {
        return CarriedExpression.of(subscription.path(condition))
                .changing("context", context -> ConsumedMessages.in(context, consumed))
                .holds(consumed, now);
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
        progress.accept(place.path("count").asInt() + consumed.size());
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
        return !subscription.has("while") || holds("while", now);
    }
}
