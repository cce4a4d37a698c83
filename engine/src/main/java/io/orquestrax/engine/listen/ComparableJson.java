package io.orquestrax.engine.listen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** JSON values by what they mean: members in any order, numbers by their value. */
final class ComparableJson {
    /** Beyond this many digits a number is compared as it is written. */
    private static final int MAX_SCALE = 1000;

    private ComparableJson() {}

    static boolean isEqual(JsonNode one, JsonNode other) {
        return one.equals(other) || text(one).equals(text(other));
    }

    /** Objects must have at least the members of the part; all else is equal. */
    static boolean contains(JsonNode whole, JsonNode part) {
        if (!part.isObject()) {
            return isEqual(whole, part);
        }
        if (!whole.isObject()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            JsonNode found = whole.get(member.getKey());
            if (found == null || !contains(found, member.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The same for equal values. */
    static String text(JsonNode value) {
        return Json.write(normal(value));
    }

    private static JsonNode normal(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> number(value);
            case ARRAY -> {
                ArrayNode array = Json.NODES.arrayNode(value.size());
                value.forEach(element -> array.add(normal(element)));
                yield array;
            }
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                value.properties().forEach(member -> sorted.put(member.getKey(), normal(member.getValue())));
                ObjectNode object = Json.NODES.objectNode();
                sorted.forEach(object::set);
                yield object;
            }
            case BINARY, BOOLEAN, MISSING, NULL, POJO, STRING -> value;
        };
    }

    private static JsonNode number(JsonNode value) {
        BigDecimal number = value.decimalValue().stripTrailingZeros();
        boolean isShort = Math.abs((long) number.scale()) <= MAX_SCALE;
        return isShort && number.scale() <= 0
                ? Json.NODES.numberNode(number.toBigIntegerExact())
                : Json.NODES.numberNode(number);
    }
}
