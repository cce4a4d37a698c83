package io.orquestrax.engine.listen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.event.ReceivedEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts instances by events: a strategy outside of any instance. Pure, and safe for use by many threads. */
public final class EventTrigger {
    private final EventStrategy strategy;
    private final EventRead read;

    public EventTrigger(EventStrategy strategy, EventRead read) {
        this.strategy = strategy;
        this.read = read;
    }

    /**
     * What came of an event.
     *
     * @param state what to remember; null where there is nothing
     * @param isConsumed whether any filter let it pass
     * @param input of the instance that is to start now, the array of what was read of the events; null where more
     *     events are waited for
     */
    public record Step(
            @Nullable JsonNode state,
            boolean isConsumed,
            @Nullable ArrayNode input) {}

    /** Which events to deliver. */
    public List<SubscriptionKey> keys() {
        throw new UnsupportedOperationException("Expected nobody to ask yet for " + strategy);
    }

    /**
     * Takes one event more.
     *
     * @param state of the step before; null at the beginning and after a start
     */
    public Step offer(@Nullable JsonNode state, ReceivedEvent event, Instant now) {
        throw new UnsupportedOperationException("Expected nobody to offer events yet as " + read);
    }
}
