package io.orquestrax.bench.benchmark;

/**
 * Something that is measured.
 *
 * @param unit of its values
 */
public record Figure(String name, String unit, Goal goal) {

    static Figure atLeast(String name, double goal, String unit) {
        return new Figure(name, unit, new Goal.AtLeast(goal));
    }

    static Figure atMost(String name, double goal, String unit) {
        return new Figure(name, unit, new Goal.AtMost(goal));
    }
}
