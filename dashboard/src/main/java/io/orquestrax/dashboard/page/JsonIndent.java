package io.orquestrax.dashboard.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orquestrax.dsl.json.Json;
import java.util.Iterator;
import java.util.Map;

/** Writes JSON with two spaces of indentation, short arrays on one line, and stops once it has enough. */
final class JsonIndent {
    private static final int SHORT_ARRAY = 60;

    private final int limit;
    private final StringBuilder text = new StringBuilder();

    JsonIndent(int limit) {
        this.limit = limit;
    }

    String write(JsonNode value) {
        append(value, 0);
        return text.toString();
    }

    private void append(JsonNode value, int depth) {
        if (text.length() >= limit) {
            return;
        }
        if (value.isObject() && !value.isEmpty()) {
            appendObject(value, depth);
        } else if (value.isArray() && !value.isEmpty()) {
            appendArray(value, depth);
        } else {
            text.append(Json.write(value));
        }
    }

    private void appendObject(JsonNode object, int depth) {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (text.length() >= limit) {
                return;
            }
            text.append(separator);
            newLine(depth + 1);
            text.append(Json.write(TextNode.valueOf(property.getKey()))).append(": ");
            append(property.getValue(), depth + 1);
            separator = ",";
        }
        newLine(depth);
        text.append('}');
    }

    private void appendArray(JsonNode array, int depth) {
        if (isShort(array)) {
            text.append(Json.write(array).replace(",", ", "));
            return;
        }
        text.append('[');
        Iterator<JsonNode> elements = array.elements();
        while (elements.hasNext() && text.length() < limit) {
            newLine(depth + 1);
            append(elements.next(), depth + 1);
            text.append(elements.hasNext() ? "," : "");
        }
        newLine(depth);
        text.append(']');
    }

    /** Only numbers and words like true, so that a comma inside a string is never touched. */
    private static boolean isShort(JsonNode array) {
        int length = 0;
        for (JsonNode element : array) {
            length += 2
                    + (element.isNumber() || element.isBoolean()
                            ? element.asText().length()
                            : SHORT_ARRAY);
            if (length > SHORT_ARRAY) {
                return false;
            }
        }
        return true;
    }

    private void newLine(int depth) {
        text.append('\n').repeat(' ', depth * 2);
    }
}
