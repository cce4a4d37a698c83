package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order of all values, as jq has it: null, false, true, numbers, strings, arrays, objects. */
final class Order {
    /** Beyond it a comparison digit by digit would write out millions of them. */
    private static final int MAX_EXPONENT = 10_000;

    private Order() {}

    /** For sorting: a number that is none comes before the others and equals itself. */
    static Comparator<JsonNode> total(Budget budget) {
        return (left, right) -> compare(budget, left, right, false);
    }

    /** As the operators have it: what is not a number is less than any, itself included. */
    static int compare(Budget budget, JsonNode left, JsonNode right) {
        return compare(budget, left, right, true);
    }

    static boolean areEqual(Budget budget, JsonNode left, JsonNode right) {
        return compare(budget, left, right) == 0;
    }

    private static int compare(Budget budget, JsonNode left, JsonNode right, boolean isNanLess) {
        budget.work(2);
        int order = Integer.compare(rank(left), rank(right));
        if (order != 0) {
            return order;
        }
        if (left.isNumber()) {
            return numbers(left, right, isNanLess);
        }
        if (left.isTextual()) {
            return texts(budget, left.textValue(), right.textValue());
        }
        if (left.isArray()) {
            budget.enter();
            order = arrays(budget, left, right, isNanLess);
            budget.leave();
        } else if (left.isObject()) {
            budget.enter();
            order = objects(budget, left, right, isNanLess);
            budget.leave();
        }
        return order;
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> 0;
            case BOOLEAN -> value.booleanValue() ? 2 : 1;
            case NUMBER -> 3;
            case STRING, BINARY -> 4;
            case ARRAY -> 5;
            case OBJECT, POJO -> 6;
        };
    }

    private static int numbers(JsonNode left, JsonNode right, boolean isNanLess) {
        if (left.isInt() && right.isInt()) {
            return Integer.compare(left.intValue(), right.intValue());
        }
        double first = left.doubleValue();
        double second = right.doubleValue();
        if (Double.isNaN(first) || Double.isNaN(second)) {
            return Double.isNaN(first) ? (Double.isNaN(second) && !isNanLess ? 0 : -1) : 1;
        }
        if (first != second || left.isDouble() && right.isDouble() || !isExact(left) || !isExact(right)) {
            return first < second ? -1 : first == second ? 0 : 1;
        }
        return left.decimalValue().compareTo(right.decimalValue());
    }

    private static boolean isExact(JsonNode number) {
        if (number.isDouble() || number.isFloat()) {
            return Double.isFinite(number.doubleValue());
        }
        if (number.isIntegralNumber()) {
            return true;
        }
        BigDecimal decimal = number.decimalValue();
        return Math.abs((long) decimal.scale()) <= MAX_EXPONENT;
    }

    /** By code points, which differs from the order of UTF-16 units. */
    static int texts(Budget budget, String left, String right) {
        int common = Math.min(left.length(), right.length());
        budget.work(common / 8);
        for (int index = 0; index < common; index++) {
            char first = left.charAt(index);
            char second = right.charAt(index);
            if (first != second) {
                boolean isFirstBeyond = Character.isSurrogate(first);
                boolean isSecondBeyond = Character.isSurrogate(second);
                return isFirstBeyond == isSecondBeyond ? first - second : isFirstBeyond ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int arrays(Budget budget, JsonNode left, JsonNode right, boolean isNanLess) {
        for (int index = 0; index < left.size() && index < right.size(); index++) {
            int order = compare(budget, left.get(index), right.get(index), isNanLess);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** By their sorted names, then by the members of these. */
    private static int objects(Budget budget, JsonNode left, JsonNode right, boolean isNanLess) {
        List<String> names = names(budget, left);
        List<String> others = names(budget, right);
        for (int index = 0; index < names.size() && index < others.size(); index++) {
            int order = texts(budget, names.get(index), others.get(index));
            if (order != 0) {
                return order;
            }
        }
        if (names.size() != others.size()) {
            return Integer.compare(names.size(), others.size());
        }
        for (String name : names) {
            int order = compare(budget, left.path(name), right.path(name), isNanLess);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Sorted. */
    static List<String> names(Budget budget, JsonNode object) {
        budget.copy(object);
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        names.sort((left, right) -> texts(budget, left, right));
        return names;
    }
}
