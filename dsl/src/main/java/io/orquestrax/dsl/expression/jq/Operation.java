package io.orquestrax.dsl.expression.jq;

import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.tree.binaryop.SimpleBinaryOperatorExpression;

/** {@code left + right} and its like. */
final class Operation extends SimpleBinaryOperatorExpression {

    Operation(Expression left, Expression right, Arithmetic operator) {
        super(left, right, operator);
    }
}
