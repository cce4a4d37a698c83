package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryTypeException;

/** Builtin functions that are written in Java, those without arguments of their own kind. */
final class NativeFunctions {
    private static final int MAX_DIGITS = 1000;
    /** The library's operators want one to make containers with. */
    static final ObjectMapper MAPPER = new ObjectMapper();

    private NativeFunctions() {}

    /** A function of its input alone. */
    interface Simple {
        JsonNode apply(JsonNode input) throws JsonQueryException;
    }

    /** By their signatures. */
    static Map<String, Function> all() {
        Map<String, Function> functions = new HashMap<>();
        put(functions, "now/0", input -> seconds(Budget.CURRENT.get().now()));
        put(functions, "abs/0", NativeFunctions::abs);
        put(
                functions,
                "toarray/0",
                input -> input.isArray() ? input : Json.NODES.arrayNode().add(input));
        put(
                functions,
                "trim/0",
                input -> Json.NODES.textNode(text("trim", input).strip()));
        put(
                functions,
                "ltrim/0",
                input -> Json.NODES.textNode(text("ltrim", input).stripLeading()));
        put(
                functions,
                "rtrim/0",
                input -> Json.NODES.textNode(text("rtrim", input).stripTrailing()));
        put(functions, "ascii_downcase/0", input -> Json.NODES.textNode(lower(text("ascii_downcase", input))));
        put(functions, "ascii_upcase/0", input -> Json.NODES.textNode(upper(text("ascii_upcase", input))));
        put(functions, "tonumber/0", NativeFunctions::toNumber);
        put(functions, "tojson/0", ResultCheck::toJson);
        put(functions, "@json/0", ResultCheck::toJson);
        put(functions, "tostring/0", NativeFunctions::toText);
        put(functions, "@text/0", NativeFunctions::toText);
        put(functions, "add/0", NativeFunctions::sum);
        put(functions, "floor/0", input -> rounded("floor", input, Math::floor));
        put(functions, "ceil/0", input -> rounded("ceil", input, Math::ceil));
        put(functions, "round/0", input -> rounded("round", input, NativeFunctions::awayFromZero));
        functions.put("setpath/2", Assignment::setPath);
        functions.putAll(RegularExpressionFunctions.all());
        functions.putAll(DateFunctions.all());
        functions.putAll(LoopFunctions.all());
        return functions;
    }

    static void put(Map<String, Function> functions, String signature, Simple function) {
        functions.put(
                signature, (scope, arguments, in, path, output, version) -> output.emit(function.apply(in), null));
    }

    private static JsonNode seconds(Instant now) {
        return Arithmetic.fractional(now.getEpochSecond() + now.getNano() / 1e9);
    }

    private static JsonNode abs(JsonNode input) throws JsonQueryException {
        requireNumber("abs", input);
        boolean isNegative = input.isIntegralNumber() ? input.bigIntegerValue().signum() < 0 : input.doubleValue() < 0;
        return isNegative ? Arithmetic.negate(input) : input;
    }

    private static JsonNode toNumber(JsonNode input) throws JsonQueryException {
        if (input.isNumber()) {
            return input;
        }
        String digits = text("tonumber", input).strip();
        try {
            JsonNode number = digits.length() > MAX_DIGITS ? Json.NODES.nullNode() : Json.read(digits);
            if (number.isNumber()) {
                return number;
            }
        } catch (JsonProcessingException noNumber) {
            // Told below.
        }
        throw new JsonQueryTypeException("%s cannot be parsed as a number", input);
    }

    private static JsonNode toText(JsonNode input) throws JsonQueryException {
        return input.isTextual() ? input : ResultCheck.toJson(input);
    }

    /** Joins texts and lists in one go; a fold with + would copy all that came before for each. */
    private static JsonNode sum(JsonNode input) throws JsonQueryException {
        if (!input.isArray() && !input.isObject()) {
            throw new JsonQueryTypeException("Cannot iterate over %s", input);
        }
        JsonNode first =
                input.isEmpty() ? Json.NODES.nullNode() : input.iterator().next();
        if (first.isTextual() && allOf(input, JsonNode::isTextual)) {
            StringBuilder joined = new StringBuilder();
            for (JsonNode each : input) {
                joined.append(each.textValue());
                Budget.checkSize(joined.length());
            }
            return Json.NODES.textNode(joined.toString());
        }
        if (first.isArray() && allOf(input, JsonNode::isArray)) {
            ArrayNode joined = Json.NODES.arrayNode();
            for (JsonNode each : input) {
                joined.addAll((ArrayNode) each);
                Budget.checkSize(joined.size());
            }
            return joined;
        }
        JsonNode sum = Json.NODES.nullNode();
        for (JsonNode each : input) {
            Budget.step();
            sum = Arithmetic.PLUS.apply(MAPPER, sum, each);
        }
        return sum;
    }

    private static boolean allOf(JsonNode values, Predicate<JsonNode> condition) {
        for (JsonNode value : values) {
            if (!condition.test(value)) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode rounded(String name, JsonNode input, DoubleUnaryOperator operation)
            throws JsonQueryException {
        requireNumber(name, input);
        return input.isIntegralNumber() ? input : Arithmetic.fractional(operation.applyAsDouble(input.doubleValue()));
    }

    private static double awayFromZero(double value) {
        return Math.copySign(Math.floor(Math.abs(value) + 0.5), value);
    }

    private static void requireNumber(String name, JsonNode input) throws JsonQueryException {
        if (!input.isNumber()) {
            throw new JsonQueryTypeException("%s has no " + name, input);
        }
    }

    static String text(String name, JsonNode input) throws JsonQueryException {
        if (!input.isTextual()) {
            throw new JsonQueryTypeException("%s cannot be given to " + name + ", which takes a string", input);
        }
        return input.textValue();
    }

    private static String lower(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int index = 0; index < changed.length(); index++) {
            char each = changed.charAt(index);
            if (each >= 'A' && each <= 'Z') {
                changed.setCharAt(index, (char) (each + ('a' - 'A')));
            }
        }
        return changed.toString();
    }

    private static String upper(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int index = 0; index < changed.length(); index++) {
            char each = changed.charAt(index);
            if (each >= 'a' && each <= 'z') {
                changed.setCharAt(index, (char) (each - ('a' - 'A')));
            }
        }
        return changed.toString();
    }
}
