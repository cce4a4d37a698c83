package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Functions of arrays and objects; those that sort are in {@link Sorting}. */
final class Containers {
    private static final List<String> KEY_NAMES = List.of("key", "Key", "k", "K", "name", "Name");
    private static final List<String> VALUE_NAMES = List.of("value", "Value", "v", "V");

    private Containers() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        return Map.ofEntries(
                Map.entry("length/0", NativeFunction.of(Containers::length)),
                Map.entry("keys/0", NativeFunction.of((budget, in) -> keys(budget, in, true))),
                Map.entry("keys_unsorted/0", NativeFunction.of((budget, in) -> keys(budget, in, false))),
                Map.entry("has/1", NativeFunction.ofValues((budget, in, arguments) -> has(in, arguments.getFirst()))),
                Map.entry(
                        "contains/1",
                        NativeFunction.ofValues((budget, in, arguments) ->
                                Json.NODES.booleanNode(containsAlike(budget, in, arguments.getFirst())))),
                Map.entry("add/0", NativeFunction.of(Containers::sum)),
                Map.entry("reverse/0", NativeFunction.of(Containers::reverse)),
                Map.entry("_flatten/1", NativeFunction.ofValues(Containers::flatten)),
                Map.entry("to_entries/0", NativeFunction.of(Containers::toEntries)),
                Map.entry("from_entries/0", NativeFunction.of(Containers::fromEntries)),
                Map.entry(
                        "indices/1",
                        NativeFunction.ofValues((budget, in, arguments) -> indices(budget, in, arguments.getFirst()))),
                Map.entry(
                        "toarray/0",
                        NativeFunction.of((budget, in) ->
                                in.isArray() ? in : Json.NODES.arrayNode().add(in))),
                Map.entry("INDEX/2", Containers::index));
    }

    private static JsonNode length(Budget budget, JsonNode in) {
        return switch (in.getNodeType()) {
            case NULL -> Json.NODES.numberNode(0);
            case STRING -> {
                String text = in.textValue();
                budget.work(text.length());
                yield Json.NODES.numberNode(text.codePointCount(0, text.length()));
            }
            case NUMBER -> in.doubleValue() < 0 ? Arithmetic.negate(in) : in;
            case ARRAY, OBJECT -> Json.NODES.numberNode(in.size());
            case BOOLEAN, BINARY, MISSING, POJO -> throw new Failure(Shown.typed(in) + " has no length");
        };
    }

    private static JsonNode keys(Budget budget, JsonNode in, boolean isSorted) {
        if (!in.isContainerNode()) {
            throw new Failure(Shown.typed(in) + " has no keys");
        }
        budget.make(in.size());
        ArrayNode keys = Json.NODES.arrayNode(in.size());
        if (in.isArray()) {
            for (int index = 0; index < in.size(); index++) {
                keys.add(index);
            }
        } else if (isSorted) {
            Order.names(budget, in).forEach(keys::add);
        } else {
            in.fieldNames().forEachRemaining(keys::add);
        }
        return keys;
    }

    private static JsonNode has(JsonNode in, JsonNode key) {
        if (in.isObject() && key.isTextual()) {
            return Json.NODES.booleanNode(in.has(key.textValue()));
        }
        if (in.isArray() && key.isNumber()) {
            double index = key.doubleValue();
            return Json.NODES.booleanNode(index >= 0 && index < in.size());
        }
        throw new Failure("Cannot check whether " + Shown.type(in) + " has a " + Shown.type(key) + " key");
    }

    private static boolean containsAlike(Budget budget, JsonNode in, JsonNode part) {
        if (in.getNodeType() != part.getNodeType()) {
            throw new Failure(Shown.typed(in) + " and " + Shown.typed(part) + " cannot have their containment checked");
        }
        return contains(budget, in, part);
    }

    private static boolean contains(Budget budget, JsonNode in, JsonNode part) {
        budget.step();
        if (in.isObject() && part.isObject()) {
            for (Map.Entry<String, JsonNode> member : part.properties()) {
                JsonNode found = in.get(member.getKey());
                if (found == null || !contains(budget, found, member.getValue())) {
                    return false;
                }
            }
            return true;
        }
        if (in.isArray() && part.isArray()) {
            for (JsonNode each : part) {
                if (!isAny(in, item -> contains(budget, item, each))) {
                    return false;
                }
            }
            return true;
        }
        if (in.isTextual() && part.isTextual()) {
            budget.work(in.textValue().length());
            return in.textValue().contains(part.textValue());
        }
        return Order.areEqual(budget, in, part);
    }

    private static boolean isAny(JsonNode items, Predicate<JsonNode> condition) {
        for (JsonNode item : items) {
            if (condition.test(item)) {
                return true;
            }
        }
        return false;
    }

    /** Joins texts and lists in one go; a fold with + would copy all that came before for each. */
    private static JsonNode sum(Budget budget, JsonNode in) {
        if (!in.isContainerNode()) {
            throw new Failure("Cannot iterate over " + (in.isNull() ? "null" : Shown.typed(in)));
        }
        if (in.size() > 1 && !isAny(in, item -> !item.isTextual())) {
            StringBuilder joined = new StringBuilder();
            for (JsonNode each : in) {
                budget.lengthenText(joined.length(), each.textValue().length());
                joined.append(each.textValue());
            }
            return Json.NODES.textNode(joined.toString());
        }
        if (in.size() > 1 && !isAny(in, item -> !item.isArray())) {
            ArrayNode joined = Json.NODES.arrayNode();
            for (JsonNode each : in) {
                budget.lengthenText(joined.size(), each.size());
                joined.addAll((ArrayNode) each);
            }
            return joined;
        }
        JsonNode sum = Json.NODES.nullNode();
        for (JsonNode each : in) {
            budget.step();
            sum = Arithmetic.PLUS.apply(budget, sum, each);
        }
        return sum;
    }

    private static JsonNode reverse(Budget budget, JsonNode in) {
        if (in.isTextual()) {
            return Texts.made(
                    budget, new StringBuilder(in.textValue()).reverse().toString());
        }
        if (in.isNull()) {
            return Json.NODES.arrayNode();
        }
        if (!in.isArray()) {
            throw new Failure("Cannot reverse " + Shown.typed(in));
        }
        budget.make(in.size());
        ArrayNode reversed = Json.NODES.arrayNode(in.size());
        for (int index = in.size() - 1; index >= 0; index--) {
            reversed.add(in.get(index));
        }
        return reversed;
    }

    private static JsonNode flatten(Budget budget, JsonNode in, List<JsonNode> arguments) {
        if (!in.isContainerNode()) {
            throw new Failure("Cannot iterate over " + (in.isNull() ? "null" : Shown.typed(in)));
        }
        double depth = arguments.getFirst().doubleValue();
        ArrayNode flat = Json.NODES.arrayNode();
        in.forEach(item -> flatten(budget, item, depth, flat));
        return flat;
    }

    private static void flatten(Budget budget, JsonNode item, double depth, ArrayNode flat) {
        budget.step();
        if (!item.isArray() || depth <= 0) {
            flat.add(item);
            return;
        }
        budget.enter();
        item.forEach(inner -> flatten(budget, inner, depth - 1, flat));
        budget.leave();
    }

    private static JsonNode toEntries(Budget budget, JsonNode in) {
        if (!in.isObject()) {
            throw new Failure(Shown.typed(in) + " has no keys");
        }
        budget.make(8L * in.size());
        ArrayNode entries = Json.NODES.arrayNode(in.size());
        in.properties().forEach(member -> {
            ObjectNode entry = entries.addObject();
            entry.put("key", member.getKey());
            entry.set("value", member.getValue());
        });
        return entries;
    }

    private static JsonNode fromEntries(Budget budget, JsonNode in) {
        if (!in.isContainerNode()) {
            throw new Failure("Cannot iterate over " + (in.isNull() ? "null" : Shown.typed(in)));
        }
        budget.make(4L * in.size());
        ObjectNode object = Json.NODES.objectNode();
        for (JsonNode entry : in) {
            if (!entry.isObject()) {
                throw Elements.noElement(entry, Json.NODES.textNode("key"));
            }
            object.set(name(entry), value(entry));
        }
        return object;
    }

    private static String name(JsonNode entry) {
        for (String each : KEY_NAMES) {
            JsonNode key = entry.get(each);
            if (key != null && (Basics.isTrue(key) || key.isBoolean())) {
                if (key.isContainerNode()) {
                    throw new Failure("Cannot use " + Shown.typed(key) + " as object key");
                }
                return key.isTextual() ? key.textValue() : Json.write(ResultCheck.finite(key));
            }
        }
        return "null";
    }

    private static JsonNode value(JsonNode entry) {
        for (String each : VALUE_NAMES) {
            JsonNode value = entry.get(each);
            if (value != null) {
                return value;
            }
        }
        return Json.NODES.nullNode();
    }

    private static JsonNode indices(Budget budget, JsonNode in, JsonNode wanted) {
        if (in.isNull()) {
            return in;
        }
        if (in.isTextual() && wanted.isTextual()) {
            return Texts.indices(budget, in.textValue(), wanted.textValue());
        }
        if (in.isArray()) {
            return Elements.indices(
                    budget,
                    in,
                    wanted.isArray() ? wanted : Json.NODES.arrayNode().add(wanted));
        }
        return Elements.get(budget, in, wanted);
    }

    private static void index(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        Budget budget = environment.budget();
        ObjectNode index = Json.NODES.objectNode();
        arguments.get(0).values(environment, in, row -> {
            budget.step();
            arguments.get(1).values(environment, row, key -> {
                budget.step();
                index.set(Format.TEXT.apply(budget, key), row);
            });
        });
        output.emit(index, Path.nowhere(path));
    }
}
