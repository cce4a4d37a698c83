package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** A value whose strings may be expressions: literals as they are, {@code ${ }} strings evaluated, at any depth. */
public interface Template {

    /**
     * @throws ExpressionException if an expression in it fails
     */
    JsonNode evaluate(JsonNode input, Variables variables);
}
