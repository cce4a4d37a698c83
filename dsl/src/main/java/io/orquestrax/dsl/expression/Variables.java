package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an expression can see beside its input: named values, made when first read, and the moment that {@code now}
 * means.
 */
public final class Variables {
    private final Instant now;
    private final Map<String, Supplier<JsonNode>> values;

    private Variables(Instant now, Map<String, Supplier<JsonNode>> values) {
        this.now = now;
        this.values = values;
    }

    public static Variables at(Instant now) {
        return new Variables(now, Map.of());
    }

    public Variables with(String name, JsonNode value) {
        return with(name, () -> value);
    }

    /** The value is asked for only where an expression names it. */
    public Variables with(String name, Supplier<JsonNode> value) {
        Map<String, Supplier<JsonNode>> extended = new LinkedHashMap<>(values);
        extended.put(name, value);
        return new Variables(now, Collections.unmodifiableMap(extended));
    }

    public Instant now() {
        return now;
    }

    /** By name without the dollar sign. */
    public Map<String, Supplier<JsonNode>> values() {
        return values;
    }
}
