package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A value that is written to at many places: a container is copied when it is first written to, and no more until
 * somebody else has seen the copy.
 */
final class Draft {
    private final Budget budget;
    private final Set<JsonNode> own = Collections.newSetFromMap(new IdentityHashMap<>());
    private JsonNode value;

    Draft(Budget budget, JsonNode value) {
        this.budget = budget;
        this.value = value;
    }

    /** What came of it; it is not written to any more. */
    JsonNode value() {
        own.clear();
        return value;
    }

    JsonNode get(JsonNode keys) {
        JsonNode found = value;
        for (JsonNode key : keys) {
            budget.step();
            if (found.isNull()) {
                return found;
            }
            found = Elements.get(budget, found, key);
        }
        return seen(found);
    }

    private JsonNode seen(JsonNode container) {
        if (own.contains(container)) {
            own.clear();
        }
        return container;
    }

    void set(JsonNode keys, JsonNode written) {
        change(keys, old -> written);
    }

    /**
     * @param keys an array
     * @param change of the value there, null where there is none
     */
    void change(JsonNode keys, UnaryOperator<JsonNode> change) {
        value = changed(value, keys, 0, old -> change.apply(seen(old)));
    }

    private JsonNode changed(JsonNode in, JsonNode keys, int depth, UnaryOperator<JsonNode> change) {
        budget.step();
        if (depth == keys.size()) {
            return change.apply(in);
        }
        if (depth > Json.MAX_DEPTH) {
            throw new LimitException("it made a value of more than " + Json.MAX_DEPTH + " levels");
        }
        JsonNode key = keys.get(depth);
        UnaryOperator<JsonNode> inner = old -> changed(old, keys, depth + 1, change);
        if (key.isTextual() && (in.isObject() || in.isNull())) {
            return member(in, key.textValue(), inner);
        }
        if (key.isNumber() && (in.isArray() || in.isNull())) {
            return item(in, key, inner);
        }
        if (key.isObject() && (in.isArray() || in.isNull())) {
            return slice(in, key, inner);
        }
        if (key.isObject() && in.isTextual()) {
            throw new Failure("Cannot update string slices");
        }
        if (key.isArray() && in.isArray()) {
            throw new Failure("Cannot update field at array index of array");
        }
        throw Elements.noElement(in, key);
    }

    private JsonNode member(JsonNode in, String name, UnaryOperator<JsonNode> inner) {
        JsonNode old = in.get(name);
        JsonNode written = inner.apply(old == null ? Json.NODES.nullNode() : old);
        ObjectNode object = in instanceof ObjectNode present ? writable(present) : owned(Json.NODES.objectNode());
        object.set(name, written);
        return object;
    }

    private JsonNode item(JsonNode in, JsonNode key, UnaryOperator<JsonNode> inner) {
        double number = Math.floor(key.doubleValue());
        double index = number < 0 ? number + in.size() : number;
        if (Double.isNaN(index)) {
            throw new Failure("Cannot set array element at NaN index");
        }
        if (index < 0) {
            throw new Failure("Out of bounds negative array index");
        }
        budget.lengthen(index + 1 - in.size());
        JsonNode old = in.get((int) index);
        JsonNode written = inner.apply(old == null ? Json.NODES.nullNode() : old);
        ArrayNode array = in instanceof ArrayNode present ? writable(present) : owned(Json.NODES.arrayNode());
        while (array.size() <= index) {
            array.addNull();
        }
        array.set((int) index, written);
        return array;
    }

    private JsonNode slice(JsonNode in, JsonNode key, UnaryOperator<JsonNode> inner) {
        Elements.Range range = Elements.Range.of(key, in.size());
        JsonNode written = inner.apply(Elements.get(budget, in, key));
        if (!written.isArray()) {
            throw new Failure("A slice of an array can only be assigned another array");
        }
        budget.make((long) in.size() - (range.end() - range.start()) + written.size());
        ArrayNode array = Json.NODES.arrayNode();
        for (int index = 0; index < range.start(); index++) {
            array.add(in.get(index));
        }
        written.forEach(array::add);
        for (int index = range.end(); index < in.size(); index++) {
            array.add(in.get(index));
        }
        return owned(array);
    }

    /** Nothing happens where there is nothing at that place. */
    void remove(JsonNode keys) {
        if (keys.isEmpty()) {
            value = Json.NODES.nullNode();
            return;
        }
        ArrayNode containers = Json.NODES.arrayNode();
        for (int index = 0; index < keys.size() - 1; index++) {
            containers.add(keys.get(index));
        }
        JsonNode key = keys.get(keys.size() - 1);
        if (!isThere(containers)) {
            return;
        }
        // Not seen by anybody else, so what is its own stays so.
        value = changed(value, containers, 0, container -> without(container, key));
    }

    private boolean isThere(JsonNode keys) {
        JsonNode found = value;
        for (JsonNode key : keys) {
            budget.step();
            if (found.isNull()) {
                return false;
            }
            found = Elements.get(budget, found, key);
        }
        return !found.isNull();
    }

    private JsonNode without(JsonNode in, JsonNode key) {
        if (in instanceof ObjectNode object && key.isTextual()) {
            if (!object.has(key.textValue())) {
                return object;
            }
            ObjectNode rest = writable(object);
            rest.remove(key.textValue());
            return rest;
        }
        if (in instanceof ArrayNode array && key.isNumber()) {
            int index = Elements.index(key, array.size());
            if (index < 0 || index >= array.size()) {
                return array;
            }
            ArrayNode rest = writable(array);
            budget.work(rest.size() / 8);
            rest.remove(index);
            return rest;
        }
        if (in instanceof ArrayNode array && key.isObject()) {
            Elements.Range range = Elements.Range.of(key, array.size());
            budget.copy(array);
            ArrayNode rest = Json.NODES.arrayNode();
            for (int index = 0; index < array.size(); index++) {
                if (index < range.start() || index >= range.end()) {
                    rest.add(array.get(index));
                }
            }
            return owned(rest);
        }
        throw noRemoval(in, key);
    }

    private static Failure noRemoval(JsonNode in, JsonNode key) {
        if (in.isObject()) {
            return new Failure(
                    "Cannot delete " + (key.isNumber() ? "array element" : "field at object index") + " of object");
        }
        if (in.isArray()) {
            return new Failure(
                    "Cannot delete field at " + (key.isTextual() ? "object index" : "array index") + " of array");
        }
        return new Failure("Cannot delete fields from " + Shown.type(in));
    }

    private ObjectNode writable(ObjectNode object) {
        if (own.contains(object)) {
            return object;
        }
        budget.copy(object);
        ObjectNode copy = Json.NODES.objectNode();
        copy.setAll(object);
        return owned(copy);
    }

    private ArrayNode writable(ArrayNode array) {
        if (own.contains(array)) {
            return array;
        }
        budget.copy(array);
        return owned(Json.NODES.arrayNode(array.size()).addAll(array));
    }

    private <T extends JsonNode> T owned(T container) {
        own.add(container);
        return container;
    }
}
