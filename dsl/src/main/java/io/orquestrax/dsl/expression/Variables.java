package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
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
    private final @Nullable Named newest;

    /** Only few are ever looked up, and many are made: a chain is cheaper than a map. */
    private record Named(
            String name, Supplier<JsonNode> value, @Nullable Named earlier) {}

    private Variables(Instant now, @Nullable Effort effort, @Nullable Named newest) {
        this.now = now;
        this.effort = effort;
        this.newest = newest;
    }

    /** For evaluations that are each a piece of work of their own. */
    public static Variables at(Instant now) {
        return new Variables(now, null, null);
    }

    /**
     * @param effort that the evaluations share
     */
    public static Variables at(Instant now, Effort effort) {
        return new Variables(now, effort, null);
    }

    public Variables with(String name, JsonNode value) {
        return with(name, () -> value);
    }

    /** The value is asked for only where an expression names it. */
    public Variables with(String name, Supplier<JsonNode> value) {
        return new Variables(now, effort, new Named(name, value, newest));
    }

    public Instant now() {
        return now;
    }

    /** Empty where each evaluation is on its own. */
    public Optional<Effort> effort() {
        return Optional.ofNullable(effort);
    }

    /** What a name means, without the dollar sign; null where it means nothing. */
    public @Nullable Supplier<JsonNode> valueOrNull(String name) {
        for (Named named = newest; named != null; named = named.earlier()) {
            if (named.name().equals(name)) {
                return named.value();
            }
        }
        return null;
    }
}
