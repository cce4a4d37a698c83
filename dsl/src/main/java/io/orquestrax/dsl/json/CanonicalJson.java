package io.orquestrax.dsl.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * Trees as reading their text gives them: a computed number is the same node whether it was kept or written and read
 * again. A computed double without a fraction is an integer, as jq shows it; not-a-number is null, and an infinite one
 * the largest finite. Texts are {@linkplain WholeText whole}; of members whose names become the same, the last counts.
 */
@SuppressWarnings("ReferenceEquality") // Whether it is the very tree that came in is what is asked.
public final class CanonicalJson {
    /** Beyond this a double does not hold every integer. */
    private static final double MAX_EXACT = 1e17;

    private CanonicalJson() {}

    /** The value itself where it is canonical already. */
    public static JsonNode of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> number(value);
            case ARRAY -> array((ArrayNode) value);
            case OBJECT -> object((ObjectNode) value);
            case MISSING -> Json.NODES.nullNode();
            case BINARY, POJO -> Json.readTrusted(Json.write(value));
            case STRING -> text(value);
            case BOOLEAN, NULL -> value;
        };
    }

    private static JsonNode array(ArrayNode array) {
        ArrayNode copy = Json.NODES.arrayNode(array.size());
        boolean isCanonical = true;
        for (JsonNode element : array) {
            JsonNode canonical = of(element);
            isCanonical &= canonical == element;
            copy.add(canonical);
        }
        return isCanonical ? array : copy;
    }

    private static JsonNode object(ObjectNode object) {
        ObjectNode copy = Json.NODES.objectNode();
        boolean isCanonical = true;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode canonical = of(member.getValue());
            String name = WholeText.of(member.getKey());
            isCanonical &= canonical == member.getValue() && name == member.getKey();
            copy.set(name, canonical);
        }
        return isCanonical ? object : copy;
    }

    private static JsonNode text(JsonNode value) {
        String whole = WholeText.of(value.textValue());
        return whole == value.textValue() ? value : Json.NODES.textNode(whole);
    }

    private static JsonNode number(JsonNode number) {
        return switch (number.numberType()) {
            case INT, BIG_DECIMAL -> number;
            case LONG -> number.canConvertToInt() ? Json.NODES.numberNode(number.intValue()) : number;
            case BIG_INTEGER -> bigInteger(number);
            case FLOAT, DOUBLE -> ofDouble(number.doubleValue());
        };
    }

    private static JsonNode bigInteger(JsonNode number) {
        BigInteger value = number.bigIntegerValue();
        if (value.bitLength() > Long.SIZE - 1) {
            return number instanceof BigIntegerNode ? number : BigIntegerNode.valueOf(value);
        }
        return integer(value.longValue());
    }

    private static JsonNode ofDouble(double value) {
        if (Double.isNaN(value)) {
            return Json.NODES.nullNode();
        }
        if (Double.isInfinite(value)) {
            return Json.NODES.numberNode(BigDecimal.valueOf(Math.copySign(Double.MAX_VALUE, value)));
        }
        if (value == Math.rint(value) && Math.abs(value) < MAX_EXACT) {
            return integer((long) value);
        }
        return Json.NODES.numberNode(BigDecimal.valueOf(value));
    }

    private static JsonNode integer(long value) {
        return value == (int) value ? Json.NODES.numberNode((int) value) : Json.NODES.numberNode(value);
    }
}
