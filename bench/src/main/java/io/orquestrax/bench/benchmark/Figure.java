package io.orquestrax.bench.benchmark;

import java.util.Optional;

/**
 * Something that is measured.
 *
 * @param unit of its values
 */
public record Figure(String name, String unit, Goal goal) {

    private static final String PART = ":";

    /** The name of a value that is a part of this one. */
    String part(String part) {
        return name + PART + part;
    }

    /** What the named value is a part of this one by; empty where it is none. */
    public Optional<String> partOf(String valueName) {
        String prefix = name + PART;
        return valueName.startsWith(prefix) ? Optional.of(valueName.substring(prefix.length())) : Optional.empty();
    }

    static Figure atLeast(String name, double goal, String unit) {
        return new Figure(name, unit, new Goal.AtLeast(goal));
    }

    static Figure atMost(String name, double goal, String unit) {
        return new Figure(name, unit, new Goal.AtMost(goal));
    }
}
