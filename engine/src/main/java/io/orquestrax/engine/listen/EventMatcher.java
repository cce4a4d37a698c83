package io.orquestrax.engine.listen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.CanonicalJson;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.EventFilter;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.EventStrategy.Any;
import io.orquestrax.dsl.plan.EventStrategy.Until;
import io.orquestrax.engine.effect.SubscriptionKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which events a strategy takes, and when it has enough of them (DSL reference, Event Consumption Strategy). Its
 * filters are numbered from 0, those of {@code until} after its own; where it has none of its own, one passes all.
 */
public final class EventMatcher {
    private static final EventFilter EVERY = new EventFilter(Map.of(), null, List.of());

    private final EventStrategy strategy;
    private final List<EventFilter> own;
    private final List<EventFilter> all;

    public EventMatcher(EventStrategy strategy) {
        this.strategy = strategy;
        this.own = strategy.filters().isEmpty() ? List.of(EVERY) : strategy.filters();
        List<EventFilter> numbered = new ArrayList<>(own);
        EventStrategy until = untilEvents(strategy);
        if (until != null) {
            numbered.addAll(until.filters().isEmpty() ? List.of(EVERY) : until.filters());
        }
        this.all = List.copyOf(numbered);
    }

    private static @Nullable EventStrategy untilEvents(EventStrategy strategy) {
        return strategy instanceof Any any && any.until() instanceof Until.Events events ? events.strategy() : null;
    }

    /**
     * @param filter its number
     * @param isOfUntil whether the event only ends the listening, and is no part of what was asked for
     * @param correlations what correlates from now on, by key
     */
    public record Match(int filter, boolean isOfUntil, Map<String, JsonNode> correlations) {}

    /**
     * What the filters' expressions come to when the listening begins: an array with an object for each filter, empty
     * where there are no expressions.
     *
     * @throws ExpressionException where one fails
     */
    public ArrayNode expectations(JsonNode input, Variables variables) {
        ArrayNode expectations = Json.NODES.arrayNode();
        boolean isAny = false;
        for (EventFilter filter : all) {
            ObjectNode expectation = FilterMatch.expectation(filter, input, variables);
            isAny |= !expectation.isEmpty();
            expectations.add(expectation);
        }
        return isAny ? expectations : Json.NODES.arrayNode();
    }

    /** What types are waited for, as texts or patterns, for people to read; empty where any will do. */
    public List<String> types(JsonNode expectations) {
        List<String> types = IntStream.range(0, own.size())
                .mapToObj(filter -> filter(filter, expectations).type())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        boolean isAnyUntyped =
                own.stream().anyMatch(filter -> !filter.attributes().containsKey("type"));
        return isAnyUntyped ? List.of() : types;
    }

    /** Which events to ask for. */
    public List<SubscriptionKey> keys(JsonNode expectations, Map<String, JsonNode> remembered) {
        return IntStream.range(0, all.size())
                .mapToObj(filter -> filter(filter, expectations).key(remembered))
                .distinct()
                .toList();
    }

    /**
     * The filter that takes the event. Those of {@code until} come first, for there may be others that take all.
     *
     * @param met the filters that took an event before; of a strategy that wants one for each they take no other
     * @param remembered what correlates already
     */
    public Optional<Match> match(
            JsonNode envelope,
            JsonNode expectations,
            Collection<Integer> met,
            Map<String, JsonNode> remembered,
            Variables variables) {
        for (int filter : order()) {
            boolean takesOne = (filter < own.size() ? strategy : untilEvents(strategy)) instanceof EventStrategy.All;
            if (takesOne && met.contains(filter)) {
                continue;
            }
            Optional<Map<String, JsonNode>> learned =
                    filter(filter, expectations).match(envelope, remembered, variables);
            if (learned.isPresent()) {
                return Optional.of(new Match(filter, filter >= own.size(), learned.get()));
            }
        }
        return Optional.empty();
    }

    private int[] order() {
        return IntStream.concat(IntStream.range(own.size(), all.size()), IntStream.range(0, own.size()))
                .toArray();
    }

    private FilterMatch filter(int number, JsonNode expectations) {
        return new FilterMatch(all.get(number), expectations.path(number));
    }

    /**
     * Whether nothing more is waited for after this match.
     *
     * @param met the filters that have taken an event, that of the match among them
     * @param values what was read so far, with that of the match
     * @throws ExpressionException where the condition of {@code until} fails
     */
    public boolean isSatisfied(Match match, Collection<Integer> met, Supplier<ArrayNode> values, Variables variables) {
        return switch (strategy) {
            case EventStrategy.One one -> true;
            case EventStrategy.All each -> hasMet(met, 0, own.size());
            case Any any ->
                switch (any.until()) {
                    case null -> true;
                    case Until.Condition until -> until.condition().test(values.get(), variables);
                    case Until.Events until ->
                        until.strategy() instanceof EventStrategy.All
                                ? hasMet(met, own.size(), all.size())
                                : match.isOfUntil();
                };
        };
    }

    private static boolean hasMet(Collection<Integer> met, int from, int to) {
        return IntStream.range(from, to).allMatch(met::contains);
    }

    /** Whether {@link #isSatisfied} looks at what was read so far. */
    public boolean looksBack() {
        return strategy instanceof Any any && any.until() instanceof Until.Condition;
    }

    /** What of an event is handed on. */
    public static JsonNode read(EventRead read, JsonNode envelope) {
        return CanonicalJson.of(
                switch (read) {
                    case DATA -> FilterMatch.dataOf(envelope);
                    case ENVELOPE, RAW -> envelope;
                });
    }
}
