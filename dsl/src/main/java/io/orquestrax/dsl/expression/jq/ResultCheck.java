package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;

/**
 * Looks through a value that a program made, which may hold a part many times over and so be far larger than what it
 * takes in memory.
 */
final class ResultCheck {
    /** Most values in a value, and most characters of its strings. */
    static final int MAX_VALUES = 1_000_000;

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Double.MAX_VALUE);

    private int values;
    private long characters;
    private boolean hasNonFinite;

    private ResultCheck() {}

    /** The value with what JSON has for numbers that are not finite, as jq writes them. */
    static JsonNode checked(JsonNode value) {
        ResultCheck check = new ResultCheck();
        check.count(value, 0);
        return check.hasNonFinite ? finite(value) : value;
    }

    static String toJson(Budget budget, JsonNode value) {
        ResultCheck check = new ResultCheck();
        check.count(value, 0);
        // Escapes make a text longer, and each layer of them again.
        budget.make(check.characters + 4L * check.values);
        budget.work(7 * check.characters);
        return Json.write(check.hasNonFinite ? finite(value) : value);
    }

    private void count(JsonNode value, int depth) {
        values++;
        characters += value.isTextual() ? value.textValue().length() : 0;
        if (values > MAX_VALUES || characters > Budget.MAX_SIZE) {
            throw new LimitException(
                    "it made a value of more than " + MAX_VALUES + " parts or " + Budget.MAX_SIZE + " characters");
        }
        if (depth > Json.MAX_DEPTH) {
            throw new LimitException("it made a value of more than " + Json.MAX_DEPTH + " levels");
        }
        hasNonFinite |= isNonFinite(value);
        if (value.isObject()) {
            value.properties().forEach(member -> {
                characters += member.getKey().length();
                count(member.getValue(), depth + 1);
            });
        } else {
            value.forEach(item -> count(item, depth + 1));
        }
    }

    private static boolean isNonFinite(JsonNode value) {
        return (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue());
    }

    /** Of a value whose size is known to be bounded. */
    static JsonNode finite(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode copy = Json.NODES.objectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), finite(member.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = Json.NODES.arrayNode();
                array.forEach(item -> copy.add(finite(item)));
                yield copy;
            }
            default -> isNonFinite(value) ? substitute(value.doubleValue()) : value;
        };
    }

    private static JsonNode substitute(double value) {
        if (Double.isNaN(value)) {
            return Json.NODES.nullNode();
        }
        return Json.NODES.numberNode(value > 0 ? LARGEST : LARGEST.negate());
    }
}
