package io.orquestrax.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceReading;
import java.util.Map;

/** What the arguments of steps say, and how it is compared. */
final class Yaml {
    private Yaml() {}

    static JsonNode read(String text) {
        SourceReading reading = DocumentReader.read(text);
        return reading.document()
                .orElseThrow(() -> new AssertionError("Expected YAML, but " + reading.problems() + " in: " + text))
                .root();
    }

    /** Equal as JSON: 1 and 1.0 are the same number. */
    static boolean isEqual(JsonNode expected, JsonNode actual) {
        return expected.equals(Yaml::compare, actual);
    }

    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    /** Whether each member that is expected is there; what else is there does not matter. */
    static boolean contains(JsonNode expected, JsonNode actual) {
        if (!expected.isObject()) {
            return isEqual(expected, actual);
        }
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            JsonNode found = actual.get(member.getKey());
            if (found == null || !contains(member.getValue(), found)) {
                return false;
            }
        }
        return true;
    }

    /** What stands at a path such as {@code content.id}; missing where nothing does. */
    static JsonNode at(JsonNode root, String path) {
        JsonNode value = root;
        for (String name : path.split("\\.")) {
            value = value.isArray() && name.chars().allMatch(Character::isDigit)
                    ? value.path(Integer.parseInt(name))
                    : value.path(name);
        }
        return value;
    }
}
