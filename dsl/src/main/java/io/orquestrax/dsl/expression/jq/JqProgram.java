package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** A compiled jq program; safe for use by many threads. */
public final class JqProgram {
    private static final int SHOWN_LENGTH = 200;

    private final String source;
    private final Expression expression;
    private final Map<String, Integer> variables;
    private final Scope builtins;

    JqProgram(String source, Expression expression, Map<String, Integer> variables, Scope builtins) {
        this.source = source;
        this.expression = expression;
        this.variables = Map.copyOf(variables);
        this.builtins = builtins;
    }

    /** The variables that the program names and does not define, each with the offset of its first use. */
    public Map<String, Integer> variables() {
        return variables;
    }

    /**
     * No result is null, one result is itself, more are an array.
     *
     * @throws ExpressionException if the program fails or passes a limit
     */
    public JsonNode evaluate(JsonNode input, Variables values) {
        List<JsonNode> results = new ArrayList<>();
        try {
            Scope scope = scope(values);
            ScopedValue.where(Budget.CURRENT, new Budget(values.now())).call(() -> {
                expression.apply(scope, input, result -> {
                    Budget.step();
                    results.add(result);
                });
                return results;
            });
            return ResultCheck.checked(joined(results));
        } catch (ExpressionException told) {
            throw told;
        } catch (JsonQueryException | LimitException failed) {
            throw failure(failed.getMessage());
        } catch (StackOverflowError tooDeep) {
            throw failure("it goes too deep");
        } catch (RuntimeException ofTheLibrary) {
            throw failure("it cannot be evaluated on this input (" + ofTheLibrary + ")");
        }
    }

    private Scope scope(Variables values) {
        Scope scope = Scope.newChildScope(builtins);
        for (String name : variables.keySet()) {
            Supplier<JsonNode> value = values.values().get(name);
            if (value == null) {
                throw failure("$" + name + " has no value here");
            }
            scope.setValue(name, value.get());
        }
        return scope;
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

    private ExpressionException failure(@Nullable String reason) {
        return new ExpressionException(
                "Expected a result of \"" + shortened(source.strip()) + "\", but " + shortened(String.valueOf(reason)));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }
}
