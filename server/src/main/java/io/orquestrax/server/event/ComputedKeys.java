package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntaxException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.listen.CorrelationKeys;
import io.orquestrax.store.cloudevent.EventKey;
import io.orquestrax.store.cloudevent.EventKeys;
import io.orquestrax.store.cloudevent.KeptEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of events: their type, any type, and what the correlations of those who listen find in them. */
public final class ComputedKeys implements EventKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ComputedKeys.class);
    private static final int MAX_COMPILED = 10_000;

    private final ExpressionCompiler compiler = new ExpressionCompiler();
    private final Map<String, Shape> compiled = new ConcurrentHashMap<>();
    private final Clock clock;

    /**
     * @param expressions none where they cannot be compiled
     */
    private record Shape(List<String> sources, List<Expression> expressions) {}

    public ComputedKeys(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<EventKey> of(KeptEvent event, Map<String, Set<String>> shapes) {
        List<EventKey> keys = new ArrayList<>();
        keys.add(EventKey.ofType(event.type()));
        keys.add(EventKey.ANY);
        Set<String> ofType = shapes.getOrDefault(event.type(), Set.of());
        Set<String> ofAny = shapes.getOrDefault("", Set.of());
        if (ofType.isEmpty() && ofAny.isEmpty()) {
            return keys;
        }
        JsonNode envelope = Json.readTrusted(event.envelope());
        ofType.forEach(shape -> key(event.type(), shape, envelope).ifPresent(keys::add));
        ofAny.forEach(shape -> key("", shape, envelope).ifPresent(keys::add));
        return keys;
    }

    private Optional<EventKey> key(String type, String text, JsonNode envelope) {
        Shape shape = compiled(text);
        List<JsonNode> values = new ArrayList<>();
        for (Expression expression : shape.expressions()) {
            Optional<JsonNode> value = value(expression, envelope);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        if (values.isEmpty()) {
            return Optional.empty();
        }
        SubscriptionKey.Correlation correlation = CorrelationKeys.of(shape.sources(), values);
        return Optional.of(new EventKey(type, text, correlation.match()));
    }

    /** Null never correlates, and an event that an expression does not understand is no event for it. */
    private Optional<JsonNode> value(Expression expression, JsonNode envelope) {
        try {
            JsonNode value = expression.evaluate(envelope, Variables.at(clock.instant()));
            return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value);
        } catch (ExpressionException notForIt) {
            LOG.debug("An event does not correlate by {}", expression.source(), notForIt);
            return Optional.empty();
        }
    }

    private Shape compiled(String text) {
        Shape known = compiled.get(text);
        if (known != null) {
            return known;
        }
        if (compiled.size() >= MAX_COMPILED) {
            compiled.clear();
        }
        Shape shape = compile(text);
        compiled.put(text, shape);
        return shape;
    }

    private Shape compile(String text) {
        List<String> sources = new ArrayList<>();
        List<Expression> expressions = new ArrayList<>();
        try {
            for (JsonNode source : Json.readTrusted(text)) {
                sources.add(source.asText());
                expressions.add(compiler.compile(source.asText()));
            }
            return new Shape(sources, expressions);
        } catch (ExpressionSyntaxException unknown) {
            LOG.error("Nobody who correlates by {} gets events, for it does not compile", text, unknown);
            return new Shape(sources, List.of());
        }
    }
}
