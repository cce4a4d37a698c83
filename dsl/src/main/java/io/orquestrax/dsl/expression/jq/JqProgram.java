package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.expression.Effort;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A compiled jq program; safe for use by many threads. */
public final class JqProgram {
    /** What only a bug of ours can lead to; one expression must not take its node with it. */
    static final String UNFORESEEN = "it cannot be evaluated on this input";

    private static final int SHOWN_LENGTH = 200;

    private final String source;
    private final Filter filter;
    private final Map<String, FreeVariable> variables;

    /**
     * @param offset of its first use
     */
    record FreeVariable(Slot slot, int offset) {}

    JqProgram(String source, Filter filter, Map<String, FreeVariable> variables) {
        this.source = source;
        this.filter = filter;
        this.variables = Map.copyOf(variables);
    }

    /** The variables that the program names and does not define, each with the offset of its first use. */
    public Map<String, Integer> variables() {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        variables.forEach((name, variable) -> offsets.put(name, variable.offset()));
        return offsets;
    }

    /**
     * No result is null, one result is itself, more are an array.
     *
     * @throws ExpressionException if the program fails or passes a limit
     */
    public JsonNode evaluate(JsonNode input, Variables values) {
        Effort effort = values.effort().orElseGet(Effort::new);
        Budget budget = new Budget(values.now(), effort.left());
        try {
            return evaluate(input, values, budget);
        } finally {
            effort.spend(budget.cost());
        }
    }

    JsonNode evaluate(JsonNode input, Variables values, Budget budget) {
        Environment environment = environment(values, budget);
        List<JsonNode> results = new ArrayList<>(1);
        try {
            filter.values(environment, input, result -> {
                budget.step();
                results.add(result);
            });
            return ResultCheck.checked(joined(results));
        } catch (Failure | LimitException failed) {
            throw failure(String.valueOf(failed.getMessage()));
        } catch (StackOverflowError tooDeep) {
            throw failure("it goes too deep");
        } catch (RuntimeException unforeseen) {
            throw failure(UNFORESEEN + " (" + unforeseen + ")");
        }
    }

    private Environment environment(Variables values, Budget budget) {
        Environment environment = Environment.empty(budget);
        for (Map.Entry<String, FreeVariable> variable : variables.entrySet()) {
            Supplier<JsonNode> value = values.valueOrNull(variable.getKey());
            if (value == null) {
                throw failure("$" + variable.getKey() + " has no value here");
            }
            environment = environment.bind(variable.getValue().slot(), value.get());
        }
        return environment;
    }

    private static JsonNode joined(List<JsonNode> results) {
        if (results.isEmpty()) {
            return Json.NODES.nullNode();
        }
        if (results.size() == 1) {
            return results.getFirst();
        }
        ArrayNode array = Json.NODES.arrayNode();
        array.addAll(results);
        return array;
    }

    private ExpressionException failure(String reason) {
        return new ExpressionException(
                "Expected a result of \"" + shortened(source.strip()) + "\", but " + shortened(reason));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }
}
