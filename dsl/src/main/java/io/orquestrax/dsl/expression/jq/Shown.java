package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.Iterator;
import java.util.Map;

/** Values as messages show them: shortened, however large they are. */
final class Shown {
    private static final int LENGTH = 14;
    private static final String ELLIPSIS = "...";

    private Shown() {}

    /** As {@code type} names it. */
    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "null";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case STRING, BINARY -> "string";
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
        };
    }

    /** Such as {@code number (1)}. */
    static String typed(JsonNode value) {
        return type(value) + " (" + brief(value) + ")";
    }

    /** The beginning of its JSON. */
    static String brief(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        if (text.length() <= LENGTH) {
            return text.toString();
        }
        int end = LENGTH - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }

    private static void append(StringBuilder text, JsonNode value) {
        if (text.length() > LENGTH) {
            return;
        }
        if (value.isObject()) {
            text.append('{');
            Iterator<Map.Entry<String, JsonNode>> members = value.properties().iterator();
            while (members.hasNext() && text.length() <= LENGTH) {
                Map.Entry<String, JsonNode> member = members.next();
                append(text, Json.NODES.textNode(member.getKey()));
                text.append(':');
                append(text, member.getValue());
                text.append(members.hasNext() ? "," : "");
            }
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            for (int index = 0; index < value.size() && text.length() <= LENGTH; index++) {
                text.append(index > 0 ? "," : "");
                append(text, value.get(index));
            }
            text.append(']');
        } else if (value.isTextual() && value.textValue().length() > LENGTH) {
            text.append(Json.write(Json.NODES.textNode(value.textValue().substring(0, LENGTH))));
        } else {
            text.append(Json.write(ResultCheck.finite(value)));
        }
    }
}
