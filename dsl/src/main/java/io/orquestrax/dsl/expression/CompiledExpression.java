package io.orquestrax.dsl.expression;

import java.util.Map;

/** An expression that knows which variables it names. */
public interface CompiledExpression extends Expression {

    /** The variables that it does not define itself, without the dollar sign, each with the offset of its first use. */
    Map<String, Integer> variables();
}
