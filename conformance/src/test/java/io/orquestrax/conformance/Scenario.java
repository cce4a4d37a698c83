package io.orquestrax.conformance;

import java.util.List;

/** One scenario of a feature file. */
record Scenario(String feature, String name, List<Step> steps) {

    Scenario {
        steps = List.copyOf(steps);
    }

    /**
     * @param text without its keyword
     * @param argument what stands between the triple quotes below it; blank where nothing does
     */
    record Step(String text, String argument, int line) {}
}
