package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.orquestrax.dsl.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers: those of C's math library that jq has, but for the Bessel functions. */
final class Numbers {
    private final Map<String, NativeFunction> functions = new HashMap<>();

    private Numbers() {
        rounding();
        exponents();
        trigonometry();
        parts();
        tests();
    }

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        return new Numbers().functions;
    }

    private void rounding() {
        whole("floor", Math::floor);
        whole("ceil", Math::ceil);
        whole("round", value -> Math.copySign(Math.floor(Math.abs(value) + 0.5), value));
        whole("rint", Math::rint);
        whole("nearbyint", Math::rint);
        whole("trunc", value -> value < 0 ? Math.ceil(value) : Math.floor(value));
        functions.put("abs/0", NativeFunction.of((budget, in) -> absolute(in)));
        functions.put("fabs/0", functions.get("abs/0"));
    }

    private void exponents() {
        one("sqrt", Math::sqrt);
        one("cbrt", Math::cbrt);
        one("exp", Math::exp);
        one("exp2", value -> Math.pow(2, value));
        one("exp10", value -> Math.pow(10, value));
        one("pow10", value -> Math.pow(10, value));
        one("expm1", Math::expm1);
        one("log", Math::log);
        one("log2", Numbers::binaryLogarithm);
        one("log10", Math::log10);
        one("log1p", Math::log1p);
        two("pow", Math::pow);
        one("gamma", Gamma::logarithm);
        one("lgamma", Gamma::logarithm);
        one("lgamma_r", Gamma::logarithm);
        one("tgamma", Gamma::value);
    }

    private void trigonometry() {
        one("sin", Math::sin);
        one("cos", Math::cos);
        one("tan", Math::tan);
        one("asin", Math::asin);
        one("acos", Math::acos);
        one("atan", Math::atan);
        one("sinh", Math::sinh);
        one("cosh", Math::cosh);
        one("tanh", Math::tanh);
        one("asinh", value -> Math.copySign(Math.log(Math.abs(value) + Math.hypot(value, 1)), value));
        one("acosh", value -> Math.log(value + Math.sqrt(value - 1) * Math.sqrt(value + 1)));
        one("atanh", value -> 0.5 * Math.log1p(2 * value / (1 - value)));
        two("atan2", Math::atan2);
        two("hypot", Math::hypot);
    }

    private void parts() {
        two("copysign", Math::copySign);
        two("drem", Math::IEEEremainder);
        two("remainder", Math::IEEEremainder);
        two("fmod", (left, right) -> left % right);
        two("fmin", (left, right) -> Double.isNaN(left) ? right : Double.isNaN(right) ? left : Math.min(left, right));
        two("fmax", (left, right) -> Double.isNaN(left) ? right : Double.isNaN(right) ? left : Math.max(left, right));
        two("fdim", (left, right) -> left > right ? left - right : Double.isNaN(left + right) ? Double.NaN : 0);
        two("nextafter", Math::nextAfter);
        two("nexttoward", Math::nextAfter);
        two("ldexp", Numbers::scaled);
        two("scalb", Numbers::scaled);
        two("scalbln", Numbers::scaled);
        one("significand", value -> value == 0 || !Double.isFinite(value) ? value : scaled(value, -exponent(value)));
        one("logb", Numbers::exponent);
        functions.put("frexp/0", NativeFunction.of((budget, in) -> fraction(number("frexp", in))));
        functions.put("modf/0", NativeFunction.of((budget, in) -> split(number("modf", in))));
        functions.put(
                "fma/3",
                NativeFunction.ofValues((budget, in, arguments) -> result(Math.fma(
                        number("fma", arguments.get(0)),
                        number("fma", arguments.get(1)),
                        number("fma", arguments.get(2))))));
    }

    private void tests() {
        functions.put("infinite/0", NativeFunction.of((budget, in) -> DoubleNode.valueOf(Double.POSITIVE_INFINITY)));
        functions.put("nan/0", NativeFunction.of((budget, in) -> DoubleNode.valueOf(Double.NaN)));
        test("isinfinite", Double::isInfinite);
        test("isnan", Double::isNaN);
        test("isnormal", value -> Double.isFinite(value) && Math.abs(value) >= Double.MIN_NORMAL);
    }

    private void one(String name, DoubleUnaryOperator function) {
        functions.put(name + "/0", NativeFunction.of((budget, in) -> result(function.applyAsDouble(number(name, in)))));
    }

    /** Whole numbers stay as they are. */
    private void whole(String name, DoubleUnaryOperator function) {
        functions.put(name + "/0", NativeFunction.of((budget, in) -> {
            double value = number(name, in);
            return in.isIntegralNumber() ? in : result(function.applyAsDouble(value));
        }));
    }

    private void two(String name, DoubleBinaryOperator function) {
        functions.put(
                name + "/2",
                NativeFunction.ofValues((budget, in, arguments) -> result(
                        function.applyAsDouble(number(name, arguments.get(0)), number(name, arguments.get(1))))));
    }

    private void test(String name, DoublePredicate predicate) {
        functions.put(
                name + "/0",
                NativeFunction.of((budget, in) -> Json.NODES.booleanNode(predicate.test(number(name, in)))));
    }

    private static double number(String name, JsonNode value) {
        if (!value.isNumber()) {
            throw new Failure(Shown.typed(value) + " number required by " + name);
        }
        return value.doubleValue();
    }

    private static JsonNode result(double value) {
        return Arithmetic.fractional(value);
    }

    /** What is not less than 0 stays as it is, strings too. */
    private static JsonNode absolute(JsonNode in) {
        if (in.isNull() || in.isBoolean()) {
            throw new Failure(Shown.typed(in) + " cannot be negated");
        }
        boolean isNegative =
                in.isIntegralNumber() ? in.bigIntegerValue().signum() < 0 : in.isNumber() && in.doubleValue() < 0;
        return isNegative ? Arithmetic.negate(in) : in;
    }

    private static double binaryLogarithm(double value) {
        double exponent = exponent(value);
        return value > 0 && value == Math.pow(2, exponent) ? exponent : Math.log(value) / Math.log(2);
    }

    private static double exponent(double value) {
        if (value == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!Double.isFinite(value)) {
            return Math.abs(value);
        }
        double normal = Math.abs(value) < Double.MIN_NORMAL ? value * 0x1p54 : value;
        return Math.getExponent(normal) - (Math.abs(value) < Double.MIN_NORMAL ? 54 : 0);
    }

    private static double scaled(double value, double exponent) {
        return Math.scalb(value, (int) Math.clamp(exponent, -5000, 5000));
    }

    private static JsonNode fraction(double value) {
        ArrayNode parts = Json.NODES.arrayNode();
        if (value == 0 || !Double.isFinite(value)) {
            return parts.add(result(value)).add(0);
        }
        int exponent = (int) exponent(value) + 1;
        return parts.add(result(scaled(value, -exponent))).add(exponent);
    }

    private static JsonNode split(double value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        double fraction = Double.isInfinite(value) ? 0 : value - whole;
        return Json.NODES.arrayNode().add(result(fraction)).add(result(whole));
    }
}
