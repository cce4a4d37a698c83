package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** A compiled jq expression; safe for use by many threads. */
public interface Expression {

    /** The jq program without its {@code ${ }} wrapping. */
    String source();

    /**
     * No result is null, one result is itself, more are an array.
     *
     * @throws ExpressionException if the expression fails or passes a limit
     */
    JsonNode evaluate(JsonNode input, Variables variables);

    /** As a condition: no result, null and false are false, all else is true. */
    default boolean test(JsonNode input, Variables variables) {
        JsonNode result = evaluate(input, variables);
        return !(result instanceof NullNode || result.equals(BooleanNode.FALSE));
    }
}
