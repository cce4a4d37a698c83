package io.orquestrax.engine.listen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.engine.listen.EventMatcher.Match;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts instances by events: a strategy outside of any instance. Pure, and safe for use by many threads.
 *
 * <p>Its state is an object: {@code values} that were read, {@code positions} that were consumed, {@code filters} that
 * took an event, and {@code correlations} by key.
 */
public final class EventTrigger {
    private static final String VALUES = "values";
    private static final String POSITIONS = "positions";
    private static final String FILTERS = "filters";
    private static final String CORRELATIONS = "correlations";

    private final EventMatcher matcher;
    private final EventRead read;

    public EventTrigger(EventStrategy strategy, EventRead read) {
        this.matcher = new EventMatcher(strategy);
        this.read = read;
    }

    /**
     * What came of an event.
     *
     * @param state what to remember; null where there is nothing
     * @param isConsumed whether any filter let it pass
     * @param positions of the events that were consumed since the last start, this one included
     * @param input of the instance that is to start now, the array of what was read of the events; null where more
     *     events are waited for
     */
    public record Step(
            @Nullable JsonNode state,
            boolean isConsumed,
            List<Long> positions,
            @Nullable ArrayNode input) {

        public Step {
            positions = List.copyOf(positions);
        }

        static Step notConsumed(@Nullable JsonNode state) {
            return new Step(state, false, List.of(), null);
        }
    }

    /** Which events to deliver; none where an expression of the filters fails. */
    public List<SubscriptionKey> keys() {
        return expectations(Variables.at(Instant.EPOCH))
                .map(each -> matcher.keys(each, Map.of()))
                .orElse(List.of());
    }

    /**
     * Takes one event more. An expression that fails lets the event not pass.
     *
     * @param state of the step before; null at the beginning and after a start
     */
    public Step offer(@Nullable JsonNode state, ReceivedEvent event, Instant now) {
        Variables variables = Variables.at(now);
        Memory memory = Memory.of(state);
        if (memory.positions.contains(event.position())) {
            return Step.notConsumed(state);
        }
        Optional<Match> found = expectations(variables)
                .flatMap(each -> matcher.match(event.envelope(), each, memory.filters, memory.correlations, variables));
        if (found.isEmpty()) {
            return Step.notConsumed(state);
        }
        Match match = found.get();
        memory.take(match, event.position(), EventMatcher.read(read, event.envelope()));
        return isSatisfied(match, memory, variables)
                ? new Step(null, true, memory.sortedPositions(), memory.values)
                : new Step(memory.toJson(), true, memory.sortedPositions(), null);
    }

    private Optional<ArrayNode> expectations(Variables variables) {
        try {
            return Optional.of(matcher.expectations(Json.NODES.nullNode(), variables));
        } catch (ExpressionException failed) {
            return Optional.empty();
        }
    }

    private boolean isSatisfied(Match match, Memory memory, Variables variables) {
        try {
            return matcher.isSatisfied(match, memory.filters, () -> memory.values, variables);
        } catch (ExpressionException failed) {
            return false;
        }
    }

    /** The state while one event is taken. */
    private static final class Memory {
        private final ArrayNode values = Json.NODES.arrayNode();
        private final Set<Long> positions = new HashSet<>();
        private final Set<Integer> filters = new HashSet<>();
        private final Map<String, JsonNode> correlations = new HashMap<>();

        static Memory of(@Nullable JsonNode state) {
            Memory memory = new Memory();
            if (state != null) {
                state.path(VALUES).forEach(memory.values::add);
                state.path(POSITIONS).forEach(position -> memory.positions.add(position.asLong()));
                state.path(FILTERS).forEach(filter -> memory.filters.add(filter.asInt()));
                state.path(CORRELATIONS)
                        .properties()
                        .forEach(each -> memory.correlations.put(each.getKey(), each.getValue()));
            }
            return memory;
        }

        void take(Match match, long position, JsonNode value) {
            positions.add(position);
            filters.add(match.filter());
            correlations.putAll(match.correlations());
            if (!match.isOfUntil()) {
                values.add(value);
            }
        }

        List<Long> sortedPositions() {
            return positions.stream().sorted().toList();
        }

        JsonNode toJson() {
            ObjectNode json = Json.NODES.objectNode();
            json.set(VALUES, values);
            ArrayNode taken = json.putArray(POSITIONS);
            sortedPositions().forEach(taken::add);
            ArrayNode met = json.putArray(FILTERS);
            filters.stream().sorted().forEach(met::add);
            ObjectNode keys = json.putObject(CORRELATIONS);
            correlations.forEach(keys::set);
            return json;
        }
    }
}
