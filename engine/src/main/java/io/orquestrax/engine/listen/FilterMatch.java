package io.orquestrax.engine.listen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.expression.CompiledExpression;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.CanonicalJson;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.EventFilter;
import io.orquestrax.dsl.plan.EventFilter.Attribute;
import io.orquestrax.dsl.plan.EventFilter.Correlation;
import io.orquestrax.dsl.plan.EventFilter.Data;
import io.orquestrax.engine.effect.SubscriptionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One filter with what its expressions came to when the listening began.
 *
 * @param expectation an object with those of {@code attributes}, {@code data} and {@code correlations} that were
 *     evaluated; missing where none were
 */
record FilterMatch(EventFilter filter, JsonNode expectation) {
    private static final String ATTRIBUTES = "attributes";
    private static final String DATA = "data";
    private static final String TYPE = "type";
    private static final String CORRELATIONS = "correlations";

    /**
     * @throws ExpressionException where an expression fails
     */
    static ObjectNode expectation(EventFilter filter, JsonNode input, Variables variables) {
        ObjectNode expectation = Json.NODES.objectNode();
        filter.attributes().forEach((name, attribute) -> {
            if (attribute instanceof Attribute.Evaluated evaluated) {
                expectation
                        .withObjectProperty(ATTRIBUTES)
                        .put(name, text(evaluated.value().evaluate(input, variables)));
            }
        });
        if (filter.data() instanceof Data.Subset subset) {
            expectation.set(DATA, CanonicalJson.of(subset.part().evaluate(input, variables)));
        }
        for (Correlation correlation : filter.correlations()) {
            Template expect = correlation.expect();
            if (expect != null) {
                expectation
                        .withObjectProperty(CORRELATIONS)
                        .set(correlation.key(), CanonicalJson.of(expect.evaluate(input, variables)));
            }
        }
        return expectation;
    }

    /**
     * What correlates from now on, by key; empty where the event does not pass. An expression that fails on the event
     * lets it not pass.
     *
     * @param remembered what correlates already
     */
    Optional<Map<String, JsonNode>> match(JsonNode envelope, Map<String, JsonNode> remembered, Variables variables) {
        try {
            return hasAttributes(envelope) && hasData(envelope, variables)
                    ? correlated(envelope, remembered, variables)
                    : Optional.empty();
        } catch (ExpressionException notForThisEvent) {
            return Optional.empty();
        }
    }

    private boolean hasAttributes(JsonNode envelope) {
        for (Map.Entry<String, Attribute> each : filter.attributes().entrySet()) {
            JsonNode found = envelope.get(each.getKey());
            if (found == null || found.isNull() || !isExpected(each.getKey(), each.getValue(), text(found))) {
                return false;
            }
        }
        return true;
    }

    private boolean isExpected(String name, Attribute attribute, String found) {
        return switch (attribute) {
            case Attribute.Literal literal ->
                literal.text().equals(found)
                        || (literal.pattern() != null && literal.pattern().matches(found));
            case Attribute.Evaluated evaluated ->
                expectation.path(ATTRIBUTES).path(name).asText().equals(found);
        };
    }

    private boolean hasData(JsonNode envelope, Variables variables) {
        return switch (filter.data()) {
            case null -> true;
            case Data.Condition condition -> condition.condition().test(dataOf(envelope), variables);
            case Data.Subset subset -> ComparableJson.contains(dataOf(envelope), expectation.path(DATA));
        };
    }

    static JsonNode dataOf(JsonNode envelope) {
        JsonNode data = envelope.get(DATA);
        return data == null ? Json.NODES.nullNode() : data;
    }

    private Optional<Map<String, JsonNode>> correlated(
            JsonNode envelope, Map<String, JsonNode> remembered, Variables variables) {
        Map<String, JsonNode> learned = new HashMap<>();
        for (Correlation correlation : filter.correlations()) {
            JsonNode found = CanonicalJson.of(correlation.from().evaluate(envelope, variables));
            JsonNode expected = expected(correlation, remembered);
            JsonNode known = expected == null ? learned.get(correlation.key()) : expected;
            if (found.isNull() || (known != null && !ComparableJson.isEqual(found, known))) {
                return Optional.empty();
            }
            if (!remembered.containsKey(correlation.key())) {
                learned.putIfAbsent(correlation.key(), found);
            }
        }
        return Optional.of(learned);
    }

    private @Nullable JsonNode expected(Correlation correlation, Map<String, JsonNode> remembered) {
        return correlation.expect() == null
                ? remembered.get(correlation.key())
                : expectation.path(CORRELATIONS).path(correlation.key());
    }

    /** As the author wrote it, or as it was evaluated. */
    Optional<String> type() {
        return switch (filter.attributes().get(TYPE)) {
            case null -> Optional.empty();
            case Attribute.Literal literal -> Optional.of(literal.text());
            case Attribute.Evaluated evaluated ->
                Optional.of(expectation.path(ATTRIBUTES).path(TYPE).asText());
        };
    }

    /** What an event must have for this filter to be worth asking. */
    SubscriptionKey key(Map<String, JsonNode> remembered) {
        boolean isPattern =
                filter.attributes().get(TYPE) instanceof Attribute.Literal literal && literal.pattern() != null;
        String type = isPattern ? null : type().orElse(null);
        List<String> sources = new ArrayList<>();
        List<JsonNode> values = new ArrayList<>();
        for (Correlation correlation : filter.correlations()) {
            JsonNode value = expected(correlation, remembered);
            if (value == null || dependsOnInstance(correlation)) {
                return new SubscriptionKey(type, null);
            }
            sources.add(correlation.from().source());
            values.add(value);
        }
        return new SubscriptionKey(type, sources.isEmpty() ? null : CorrelationKeys.of(sources, values));
    }

    /** What an event correlates by is computed once for all who listen, who have variables of their own. */
    private static boolean dependsOnInstance(Correlation correlation) {
        return !(correlation.from() instanceof CompiledExpression from
                && from.variables().isEmpty());
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
