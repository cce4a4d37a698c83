package io.orquestrax.bench.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.bench.torture.load.Scenario;
import java.util.List;
import java.util.Optional;

/** How an instance of the load must have ended. */
final class EndRules {
    static final String NOT_STUCK = "No instance is stuck";
    static final String AS_COMPUTED = "An instance ends as it should, with its own output";

    private EndRules() {}

    static List<Violation> check(InstanceEvidence instance) {
        if (instance.closedAt() == null) {
            return List.of(instance.violation(NOT_STUCK, "it is still " + instance.status()));
        }
        Optional<Scenario> scenario = Scenario.of(instance.definition());
        if (scenario.isEmpty()) {
            return List.of(instance.violation(AS_COMPUTED, "nobody deployed its definition"));
        }
        Optional<JsonNode> expected = scenario.get().output(instance.number());
        Optional<JsonNode> output = Optional.ofNullable(instance.output());
        if (instance.status().equals(scenario.get().status()) && Trees.areEqual(expected, output)) {
            return List.of();
        }
        return List.of(instance.violation(
                AS_COMPUTED,
                "expected it to be " + scenario.get().status() + " with " + expected + ", but it is "
                        + instance.status() + " with " + (instance.error() == null ? output : instance.error())));
    }
}
