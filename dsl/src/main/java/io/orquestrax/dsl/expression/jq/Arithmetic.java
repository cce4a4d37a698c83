package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.BinaryOperator;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.DivideOperator;
import net.thisptr.jackson.jq.internal.operators.MinusOperator;
import net.thisptr.jackson.jq.internal.operators.ModuloOperator;
import net.thisptr.jackson.jq.internal.operators.MultiplyOperator;
import net.thisptr.jackson.jq.internal.operators.PlusOperator;

/**
 * The operators of jq on numbers: integers are exact whatever their size, everything else is a double, as in jq. What
 * the operators do with other values is the library's.
 */
enum Arithmetic implements net.thisptr.jackson.jq.internal.operators.BinaryOperator {
    PLUS(new PlusOperator()),
    MINUS(new MinusOperator()),
    TIMES(new MultiplyOperator()),
    DIVIDE(new DivideOperator()),
    MODULO(new ModuloOperator());

    /** Longer integers become doubles, as they would be in jq. */
    private static final int MAX_BITS = 3000;

    private final net.thisptr.jackson.jq.internal.operators.BinaryOperator others;

    Arithmetic(net.thisptr.jackson.jq.internal.operators.BinaryOperator others) {
        this.others = others;
    }

    @Override
    public String image() {
        return others.image();
    }

    @Override
    public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        if (left.isNumber() && right.isNumber()) {
            return numbers(mapper, left, right);
        }
        checkSize(left, right);
        return others.apply(mapper, left, right);
    }

    static JsonNode negate(JsonNode number) {
        return number.isIntegralNumber()
                ? integer(number.bigIntegerValue().negate())
                : fractional(-number.doubleValue());
    }

    private JsonNode numbers(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        if (left.isInt() && right.isInt() && (this == PLUS || this == MINUS)) {
            long addend = right.intValue();
            long sum = left.intValue() + (this == PLUS ? addend : -addend);
            return (int) sum == sum ? Json.NODES.numberNode((int) sum) : Json.NODES.numberNode(sum);
        }
        boolean integers = left.isIntegralNumber() && right.isIntegralNumber();
        return switch (this) {
            case PLUS ->
                integers ? exact(left, right, BigInteger::add) : fractional(left.doubleValue() + right.doubleValue());
            case MINUS ->
                integers
                        ? exact(left, right, BigInteger::subtract)
                        : fractional(left.doubleValue() - right.doubleValue());
            case TIMES ->
                integers
                        ? exact(left, right, BigInteger::multiply)
                        : fractional(left.doubleValue() * right.doubleValue());
            case DIVIDE -> quotient(mapper, left, right);
            case MODULO ->
                integers && right.bigIntegerValue().signum() != 0
                        ? exact(left, right, (dividend, divisor) -> dividend.remainder(divisor.abs()))
                        : others.apply(mapper, left, right);
        };
    }

    /** Exact where it comes out even; otherwise a double. */
    private JsonNode quotient(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        if (right.doubleValue() == 0) {
            return others.apply(mapper, left, right);
        }
        if (left.isIntegralNumber() && right.isIntegralNumber()) {
            BigInteger[] parts = left.bigIntegerValue().divideAndRemainder(right.bigIntegerValue());
            if (parts[1].signum() == 0) {
                return integer(parts[0]);
            }
        }
        return fractional(left.doubleValue() / right.doubleValue());
    }

    private static JsonNode exact(JsonNode left, JsonNode right, BinaryOperator<BigInteger> operation) {
        return integer(operation.apply(left.bigIntegerValue(), right.bigIntegerValue()));
    }

    static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return Json.NODES.numberNode(value.intValue());
        }
        if (value.bitLength() < Long.SIZE) {
            return Json.NODES.numberNode(value.longValue());
        }
        return value.bitLength() <= MAX_BITS ? Json.NODES.numberNode(value) : DoubleNode.valueOf(value.doubleValue());
    }

    /** Written as jq does: whole numbers without a fraction, and nothing of a usual size with an exponent. */
    static JsonNode fractional(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e17) {
            return integer(BigInteger.valueOf((long) value));
        }
        if (Double.isFinite(value) && Math.abs(value) < 1e17 && Math.abs(value) > 1e-7) {
            return Json.NODES.numberNode(BigDecimal.valueOf(value));
        }
        return DoubleNode.valueOf(value);
    }

    private void checkSize(JsonNode left, JsonNode right) {
        if (this == PLUS) {
            Budget.checkSize((long) size(left) + size(right));
        } else if (this == TIMES && left.isTextual() && right.isNumber()) {
            Budget.checkSize((long) (size(left) * Math.min(right.doubleValue(), 1e9)));
        } else if (this == TIMES && left.isNumber() && right.isTextual()) {
            Budget.checkSize((long) (size(right) * Math.min(left.doubleValue(), 1e9)));
        }
    }

    private static int size(JsonNode value) {
        return value.isTextual() ? value.textValue().length() : value.size();
    }
}
