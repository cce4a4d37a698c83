package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Sql;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;

/** A workflow of the load, and how each instance of it must end. */
public enum Scenario {
    /** Jobs one after the other: quick, slow, failing with a policy of their own, failing under the workflow's. */
    STEPS("steps", 8, "completed", number -> number(number + 11_111)),
    BRANCHES("branches", 3, "completed", number -> number(2 * number + 5)),
    /** Starts two children. */
    PARENT("parent", 3, "completed", number -> number(number + 10)),
    TIMERS("timers", 3, "completed", number -> number(number + 2)),
    /** Two instances listen for the same three events. */
    LISTENER("listener", 3, "completed", Scenario::parts),
    CANCELLED("cancelled", 2, "cancelled", number -> Optional.empty()),
    SUSPENDED("suspended", 2, "completed", number -> number(number + 7)),
    /** Waits to be cancelled; what happens to it meanwhile shows that its partition lives. */
    PROBE("probe", 0, "cancelled", number -> Optional.empty()),
    /** Started by parents only. */
    CHILD("child", 0, "completed", number -> number(number + 5)),
    /** Started by its schedule only. */
    SCHEDULED("scheduled", 0, "completed", number -> Optional.of(Json.readTrusted("{\"scheduled\":true}")));

    /** Of all definitions of the load. */
    public static final String NAMESPACE = "torture";

    static final String EVENT_TYPE = "torture.part";
    static final int EVENTS = 3;

    private final String definition;
    private final int weight;
    private final String status;
    private final LongFunction<Optional<JsonNode>> output;

    Scenario(String definition, int weight, String status, LongFunction<Optional<JsonNode>> output) {
        this.definition = definition;
        this.weight = weight;
        this.status = status;
        this.output = output;
    }

    /** By the name of its definition. */
    public static Optional<Scenario> of(String definition) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.definition.equals(definition))
                .findFirst();
    }

    /** The one that a number between 0 and 1 chooses, by weight. */
    static Scenario chosen(double choice) {
        int all = Arrays.stream(values()).mapToInt(scenario -> scenario.weight).sum();
        int left = (int) (choice * all);
        for (Scenario scenario : values()) {
            left -= scenario.weight;
            if (left < 0) {
                return scenario;
            }
        }
        return STEPS;
    }

    public String definition() {
        return definition;
    }

    String document() {
        return Sql.file(Scenario.class, definition + ".yaml");
    }

    /** How an instance ends, in the words of the API. */
    public String status() {
        return status;
    }

    /** What an instance with this number puts out; empty where it does not complete. */
    public Optional<JsonNode> output(long number) {
        return output.apply(number);
    }

    private static Optional<JsonNode> number(long number) {
        return Optional.of(Json.NODES.objectNode().put("number", number));
    }

    private static Optional<JsonNode> parts(long number) {
        var output = Json.NODES.objectNode();
        var parts = output.putArray("parts");
        for (int part = 1; part <= EVENTS; part++) {
            parts.add(part);
        }
        return Optional.of(output.put("number", number));
    }
}
