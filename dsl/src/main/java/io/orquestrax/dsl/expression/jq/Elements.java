package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;

/** What a key leads to in a value: {@code value[key]}. */
final class Elements {
    /** Of a name that a message shows whole. */
    private static final int MAX_NAME_LENGTH = 100;

    private Elements() {}

    /**
     * @param key the name of a member, an index, an object of start and end, or an array to look for
     */
    static JsonNode get(Budget budget, JsonNode container, JsonNode key) {
        if (key.isTextual() && (container.isObject() || container.isNull())) {
            JsonNode member = container.get(key.textValue());
            return member == null ? Json.NODES.nullNode() : member;
        }
        if (key.isNumber() && (container.isArray() || container.isNull())) {
            int index = index(key, container.size());
            return index >= 0 && index < container.size() ? container.get(index) : Json.NODES.nullNode();
        }
        if (key.isObject() && (container.isArray() || container.isTextual() || container.isNull())) {
            return slice(budget, container, key);
        }
        if (key.isArray() && container.isArray()) {
            return indices(budget, container, key);
        }
        if (key.isArray() && container.isNull()) {
            return Json.NODES.nullNode();
        }
        throw noElement(container, key);
    }

    static Failure noElement(JsonNode container, JsonNode key) {
        String shown = key.isTextual() ? "string " + name(key) : Shown.type(key);
        return new Failure("Cannot index " + Shown.type(container) + " with " + shown);
    }

    private static String name(JsonNode key) {
        return key.textValue().length() <= MAX_NAME_LENGTH ? Json.write(key) : Shown.brief(key);
    }

    /** Negative where there is no such item, or the key is not a number. */
    static int index(JsonNode key, int size) {
        double number = Math.floor(key.doubleValue());
        double index = number < 0 ? number + size : number;
        return index >= 0 && index <= Integer.MAX_VALUE ? (int) index : -1;
    }

    /** The bounds of a slice: from the start, before the end. */
    record Range(int start, int end) {
        static Range of(JsonNode key, int size) {
            JsonNode from = key.path("start");
            JsonNode to = key.path("end");
            if (!isBound(from) || !isBound(to)) {
                throw new Failure("Start and end indices of an array slice must be numbers");
            }
            double start = from.isNumber() ? within(Math.floor(counted(from.doubleValue(), size)), size, 0) : 0;
            double end = to.isNumber() ? within(Math.ceil(counted(to.doubleValue(), size)), size, size) : size;
            return new Range((int) start, (int) Math.max(start, end));
        }

        private static boolean isBound(JsonNode bound) {
            return bound.isNumber() || bound.isNull() || bound.isMissingNode();
        }

        private static double counted(double bound, int size) {
            return bound < 0 ? bound + size : bound;
        }

        private static double within(double bound, int size, int otherwise) {
            return Double.isNaN(bound) ? otherwise : Math.clamp(bound, 0, size);
        }
    }

    private static JsonNode slice(Budget budget, JsonNode container, JsonNode key) {
        if (container.isNull()) {
            Range.of(key, 0);
            return container;
        }
        if (container.isTextual()) {
            String text = container.textValue();
            budget.work(text.length());
            Range range = Range.of(key, text.codePointCount(0, text.length()));
            int start = text.offsetByCodePoints(0, range.start());
            int end = text.offsetByCodePoints(start, range.end() - range.start());
            return Json.NODES.textNode(text.substring(start, end));
        }
        Range range = Range.of(key, container.size());
        budget.make(range.end() - range.start());
        ArrayNode items = Json.NODES.arrayNode(range.end() - range.start());
        for (int index = range.start(); index < range.end(); index++) {
            items.add(container.get(index));
        }
        return items;
    }

    /** Where the items of the other array stand one after the other. */
    static ArrayNode indices(Budget budget, JsonNode array, JsonNode wanted) {
        ArrayNode found = Json.NODES.arrayNode();
        for (int start = 0; !wanted.isEmpty() && start + wanted.size() <= array.size(); start++) {
            budget.step();
            int same = 0;
            while (same < wanted.size() && Order.areEqual(budget, array.get(start + same), wanted.get(same))) {
                same++;
            }
            if (same == wanted.size()) {
                found.add(start);
            }
        }
        return found;
    }
}
