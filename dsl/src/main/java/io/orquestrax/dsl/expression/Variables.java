package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can see beside its input: named values, made when first read, and the moment that {@code now}
 * means.
 */
public final class Variables {
    private final Instant now;
    private final @Nullable Effort effort;
    private final Map<String, Supplier<JsonNode>> values;

    private Variables(Instant now, @Nullable Effort effort, Map<String, Supplier<JsonNode>> values) {
        this.now = now;
        this.effort = effort;
        this.values = values;
    }

    /** For evaluations that are each a piece of work of their own. */
    public static Variables at(Instant now) {
        return new Variables(now, null, Map.of());
    }

    /**
     * @param effort that the evaluations share
     */
    public static Variables at(Instant now, Effort effort) {
        return new Variables(now, effort, Map.of());
    }

    public Variables with(String name, JsonNode value) {
        return with(name, () -> value);
    }

    /** The value is asked for only where an expression names it. */
    public Variables with(String name, Supplier<JsonNode> value) {
        Map<String, Supplier<JsonNode>> extended = new LinkedHashMap<>(values);
        extended.put(name, value);
        return new Variables(now, effort, Collections.unmodifiableMap(extended));
    }

    public Instant now() {
        return now;
    }

    /** Empty where each evaluation is on its own. */
    public Optional<Effort> effort() {
        return Optional.ofNullable(effort);
    }

    /** By name without the dollar sign. */
    public Map<String, Supplier<JsonNode>> values() {
        return values;
    }
}
