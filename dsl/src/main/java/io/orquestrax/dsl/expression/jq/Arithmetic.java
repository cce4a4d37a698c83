package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.BinaryOperator;

/**
 * The operators of jq: integers are exact whatever their size, every other number is a double, as in jq; what they do
 * with other values is in {@link Composition}.
 */
enum Arithmetic implements Operator {
    PLUS("added"),
    MINUS("subtracted"),
    TIMES("multiplied"),
    DIVIDE("divided"),
    MODULO("divided (remainder)");

    /** Longer integers become doubles, as they would be in jq. */
    private static final int MAX_BITS = 3000;

    private final String participle;

    Arithmetic(String participle) {
        this.participle = participle;
    }

    @Override
    public JsonNode apply(Budget budget, JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return numbers(left, right);
        }
        return switch (this) {
            case PLUS -> Composition.plus(budget, left, right);
            case MINUS -> Composition.minus(budget, left, right);
            case TIMES -> Composition.times(budget, left, right);
            case DIVIDE -> Composition.divide(budget, left, right);
            case MODULO -> throw inapplicable(left, right);
        };
    }

    Failure inapplicable(JsonNode left, JsonNode right) {
        return new Failure(Shown.typed(left) + " and " + Shown.typed(right) + " cannot be " + participle);
    }

    static JsonNode negate(JsonNode number) {
        return number.isIntegralNumber()
                ? integer(number.bigIntegerValue().negate())
                : fractional(-number.doubleValue());
    }

    private JsonNode numbers(JsonNode left, JsonNode right) {
        if (left.isInt() && right.isInt() && (this == PLUS || this == MINUS)) {
            long addend = right.intValue();
            long sum = left.intValue() + (this == PLUS ? addend : -addend);
            return (int) sum == sum ? Json.NODES.numberNode((int) sum) : Json.NODES.numberNode(sum);
        }
        boolean integers = left.isIntegralNumber() && right.isIntegralNumber();
        double first = left.doubleValue();
        double second = right.doubleValue();
        return switch (this) {
            case PLUS -> integers ? exact(left, right, BigInteger::add) : fractional(first + second);
            case MINUS -> integers ? exact(left, right, BigInteger::subtract) : fractional(first - second);
            case TIMES -> integers ? exact(left, right, BigInteger::multiply) : fractional(first * second);
            case DIVIDE -> quotient(left, right);
            case MODULO -> remainder(left, right);
        };
    }

    /** Exact where it comes out even; otherwise a double. */
    private JsonNode quotient(JsonNode left, JsonNode right) {
        if (right.doubleValue() == 0) {
            throw new Failure(inapplicable(left, right).value().textValue() + " because the divisor is zero");
        }
        if (left.isIntegralNumber() && right.isIntegralNumber()) {
            BigInteger[] parts = left.bigIntegerValue().divideAndRemainder(right.bigIntegerValue());
            if (parts[1].signum() == 0) {
                return integer(parts[0]);
            }
        }
        return fractional(left.doubleValue() / right.doubleValue());
    }

    /** Of what is left of the numbers without their fractions; the sign is that of the dividend. */
    private JsonNode remainder(JsonNode left, JsonNode right) {
        double first = left.doubleValue();
        double second = right.doubleValue();
        if (Double.isNaN(first) || Double.isNaN(second)) {
            return DoubleNode.valueOf(Double.NaN);
        }
        if (Double.isInfinite(second)) {
            return Double.isInfinite(first) ? Json.NODES.numberNode(0) : truncated(left);
        }
        BigInteger divisor = wholePart(right).abs();
        if (divisor.signum() == 0) {
            throw new Failure(inapplicable(left, right).value().textValue() + " because the divisor is zero");
        }
        return integer(wholePart(left).remainder(divisor));
    }

    private static JsonNode truncated(JsonNode number) {
        return integer(wholePart(number));
    }

    private static BigInteger wholePart(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.bigIntegerValue();
        }
        double value = Math.clamp(number.doubleValue(), -Double.MAX_VALUE, Double.MAX_VALUE);
        return Math.abs(value) < 1e18 ? BigInteger.valueOf((long) value) : new BigDecimal(value).toBigInteger();
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

    /** Whole numbers of a usual size are written without a fraction; all others as a reader writes them again. */
    static JsonNode fractional(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e17) {
            return integer(BigInteger.valueOf((long) value));
        }
        return Double.isFinite(value) ? Json.NODES.numberNode(BigDecimal.valueOf(value)) : DoubleNode.valueOf(value);
    }

    /** What the operators do with values that are not two numbers. */
    static final class Composition {
        private Composition() {}

        static JsonNode plus(Budget budget, JsonNode left, JsonNode right) {
            if (left.isNull()) {
                return right;
            }
            if (right.isNull()) {
                return left;
            }
            if (left.isTextual() && right.isTextual()) {
                budget.make((long) left.textValue().length() + right.textValue().length());
                return Json.NODES.textNode(left.textValue() + right.textValue());
            }
            if (left instanceof ArrayNode first && right instanceof ArrayNode second) {
                budget.make((long) first.size() + second.size());
                return Json.NODES
                        .arrayNode(first.size() + second.size())
                        .addAll(first)
                        .addAll(second);
            }
            if (left instanceof ObjectNode first && right instanceof ObjectNode second) {
                return Merging.merged(budget, first, second);
            }
            throw PLUS.inapplicable(left, right);
        }

        static JsonNode minus(Budget budget, JsonNode left, JsonNode right) {
            if (!left.isArray() || !right.isArray()) {
                throw MINUS.inapplicable(left, right);
            }
            ArrayNode kept = Json.NODES.arrayNode();
            for (JsonNode each : left) {
                boolean isGone = false;
                for (JsonNode gone : right) {
                    isGone |= Order.areEqual(budget, each, gone);
                }
                if (!isGone) {
                    kept.add(each);
                }
            }
            return kept;
        }

        static JsonNode times(Budget budget, JsonNode left, JsonNode right) {
            if (left.isTextual() && right.isNumber()) {
                return repeated(budget, left.textValue(), right.doubleValue());
            }
            if (left.isNumber() && right.isTextual()) {
                return repeated(budget, right.textValue(), left.doubleValue());
            }
            if (left instanceof ObjectNode first && right instanceof ObjectNode second) {
                return Merging.deeplyMerged(budget, first, second);
            }
            throw TIMES.inapplicable(left, right);
        }

        /** As many whole times. */
        private static JsonNode repeated(Budget budget, String text, double times) {
            if (times < 0 || Double.isNaN(times)) {
                return Json.NODES.nullNode();
            }
            long count = (long) Math.min(times, Integer.MAX_VALUE);
            budget.make(text.length() * count);
            return Json.NODES.textNode(text.isEmpty() ? "" : text.repeat((int) count));
        }

        static JsonNode divide(Budget budget, JsonNode left, JsonNode right) {
            if (!left.isTextual() || !right.isTextual()) {
                throw DIVIDE.inapplicable(left, right);
            }
            return Texts.split(budget, left.textValue(), right.textValue());
        }
    }
}
