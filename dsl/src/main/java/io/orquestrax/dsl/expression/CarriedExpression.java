package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An expression that a job takes along with the values that it names, since what it looks at is known only where the job
 * executes:
 *
 * <pre>{@code
 * {"expression": ".payload.id == $context.id", "variables": {"context": …}}
 * }</pre>
 */
public final class CarriedExpression {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();

    private final Expression expression;
    private final JsonNode variables;

    private CarriedExpression(Expression expression, JsonNode variables) {
        this.expression = expression;
        this.variables = variables;
    }

    /** Evaluates to the shape above. */
    public static Template template(Expression expression) {
        return (input, variables) -> {
            ObjectNode carried = Json.NODES.objectNode().put("expression", expression.source());
            ObjectNode values = carried.putObject("variables");
            if (expression instanceof CompiledExpression compiled) {
                for (String name : compiled.variables().keySet()) {
                    Supplier<JsonNode> value = variables.valueOrNull(name);
                    if (value != null) {
                        values.set(name, value.get());
                    }
                }
            }
            return carried;
        };
    }

    /**
     * @param carried in the shape above
     * @throws ExpressionException where it is of another version of the language
     */
    public static CarriedExpression of(JsonNode carried) {
        String source = carried.path("expression").asText();
        try {
            return new CarriedExpression(COMPILER.compile(source), carried.path("variables"));
        } catch (ExpressionSyntaxException unknown) {
            throw new ExpressionException("Expected an expression, but found \"" + source.strip() + "\"");
        }
    }

    /** With another value of a variable, where the expression names it. */
    public CarriedExpression changing(String variable, UnaryOperator<JsonNode> change) {
        if (!variables.has(variable)) {
            return this;
        }
        ObjectNode changed = Json.NODES.objectNode();
        variables.properties().forEach(each -> changed.set(each.getKey(), each.getValue()));
        changed.set(variable, change.apply(variables.path(variable)));
        return new CarriedExpression(expression, changed);
    }

    /**
     * @throws ExpressionException where it fails
     */
    public boolean holds(JsonNode input, Instant now) {
        Variables named = Variables.at(now);
        for (Map.Entry<String, JsonNode> variable : variables.properties()) {
            named = named.with(variable.getKey(), variable.getValue());
        }
        return expression.test(input, named);
    }
}
