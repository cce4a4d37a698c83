package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which events are waited for (DSL reference, Event Consumption Strategy). */
public sealed interface EventStrategy {

    /** All the filters of the strategy itself, without those of {@code until}. */
    List<EventFilter> filters();

    /** One event. */
    record One(EventFilter filter) implements EventStrategy {
        @Override
        public List<EventFilter> filters() {
            return List.of(filter);
        }
    }

    /** One event for each filter; an event counts for one filter only. */
    record All(List<EventFilter> filters) implements EventStrategy {
        public All {
            filters = List.copyOf(filters);
        }
    }

    /**
     * The first event that any filter lets pass, or with an {@code until} all of them up to it.
     *
     * @param filters empty where every event passes
     * @param until absent where the first event is enough
     */
    record Any(List<EventFilter> filters, @Nullable Until until) implements EventStrategy {
        public Any {
            filters = List.copyOf(filters);
        }
    }

    /** When to stop. */
    sealed interface Until {

        /**
         * @param condition on the array of what was consumed so far, after each event
         */
        record Condition(Expression condition) implements Until {}

        /**
         * @param strategy when it is satisfied; its events do not enter the output, and it has no until of its own
         */
        record Events(EventStrategy strategy) implements Until {}
    }
}
