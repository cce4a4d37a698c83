package io.orquestrax.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the members of a JSON object that a caller sent. Each mistake is a {@link ServiceException} with the code
 * {@code invalid-request} that says what was expected, what was found and where.
 *
 * <p>A member that is null counts as absent, except for payloads ({@link #payload}).
 */
public final class RequestReader {
    private final ObjectNode object;
    private final String pointer;
    private final Set<String> asked = new TreeSet<>();

    private RequestReader(ObjectNode object, String pointer) {
        this.object = object;
        this.pointer = pointer;
    }

    /**
     * @param utf8 a JSON object
     */
    public static RequestReader of(byte[] utf8) {
        return of(JsonText.parse(utf8), "");
    }

    /** As {@link #of}; a body without a byte counts as an object without a member. */
    public static RequestReader ofOptional(byte[] utf8) {
        return utf8.length == 0 ? new RequestReader(Json.NODES.objectNode(), "") : of(utf8);
    }

    private static RequestReader of(JsonNode value, String pointer) {
        if (value instanceof ObjectNode object) {
            return new RequestReader(object, pointer);
        }
        throw unexpected("an object", pointer, value);
    }

    public RequestReader object(String member) {
        return of(required(member, "an object"), pointerTo(member));
    }

    public String text(String member) {
        return textOf(required(member, "a string"), pointerTo(member));
    }

    public Optional<String> optionalText(String member) {
        return present(member).map(value -> textOf(value, pointerTo(member)));
    }

    /** As {@link #optionalText}, of at most so many characters. */
    public Optional<String> optionalText(String member, int maxLength) {
        return optionalText(member).map(text -> {
            requireLength(text, maxLength, pointerTo(member));
            return text;
        });
    }

    /** Any JSON value; also null where the member says so. */
    public Optional<JsonNode> payload(String member) {
        asked.add(member);
        return Optional.ofNullable(object.get(member));
    }

    public Optional<Boolean> optionalFlag(String member) {
        return present(member).map(value -> {
            if (!value.isBoolean()) {
                throw unexpected("true or false", pointerTo(member), value);
            }
            return value.booleanValue();
        });
    }

    /** A whole number from the least to the most. */
    public OptionalInt optionalInteger(String member, int least, int most) {
        Optional<JsonNode> value = present(member);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode number = value.get();
        String expected = "a whole number from " + least + " to " + most;
        if (!number.isNumber()) {
            throw unexpected(expected, pointerTo(member), number);
        }
        if (!number.isIntegralNumber()
                || !number.canConvertToInt()
                || number.intValue() < least
                || number.intValue() > most) {
            throw invalid("Expected " + expected + " at " + place(pointerTo(member)) + ", but got " + number);
        }
        return OptionalInt.of(number.intValue());
    }

    /** ISO 8601, not negative. */
    public Optional<Duration> optionalDuration(String member) {
        return optionalText(member).map(text -> duration(text, "at " + pointerTo(member)));
    }

    /** Strings, at least one. */
    public List<String> texts(String member) {
        JsonNode array = required(member, "an array of strings");
        if (!array.isArray()) {
            throw unexpected("an array of strings", pointerTo(member), array);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            texts.add(textOf(element, pointerTo(member) + "/" + texts.size()));
        }
        if (texts.isEmpty()) {
            throw invalid("Expected at least one string at " + pointerTo(member) + ", but the array is empty");
        }
        return List.copyOf(texts);
    }

    /** An object of strings; empty where the member is absent. */
    public Map<String, String> textMap(String member) {
        Optional<JsonNode> value = present(member);
        if (value.isEmpty()) {
            return Map.of();
        }
        RequestReader map = of(value.get(), pointerTo(member));
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : map.names()) {
            texts.put(requireText(name, pointerTo(member)), map.text(name));
        }
        return texts;
    }

    /** To be called last: refuses members that nobody asked for. */
    public void end() {
        for (String name : names()) {
            if (!asked.contains(name)) {
                throw invalid("Expected no member but " + String.join(", ", asked) + " at " + place(pointer)
                        + ", but got \"" + name + "\"");
            }
        }
    }

    /**
     * @param text ISO 8601, not negative
     * @param place for the message: {@code at /wait}
     */
    public static Duration duration(String text, String place) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException notADuration) {
            // Told below.
        }
        throw invalid("Expected an ISO 8601 duration such as PT30S " + place + ", but got \"" + text + "\"");
    }

    /**
     * Text that every part of the platform can hold: no U+0000, which PostgreSQL's text has not.
     *
     * @param pointer for the message
     */
    public static String requireText(String text, String pointer) {
        if (text.indexOf('\0') >= 0) {
            throw invalid("Expected text without the character U+0000 at " + place(pointer) + ", but it holds one");
        }
        return text;
    }

    public static void requireLength(String text, int maxLength, String pointer) {
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            throw invalid("Expected at most " + maxLength + " characters at " + place(pointer) + ", but got " + length);
        }
    }

    public static ServiceException invalid(String detail) {
        return new ServiceException(ErrorCode.INVALID_REQUEST, detail);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Optional<JsonNode> present(String member) {
        return payload(member).filter(value -> !value.isNull());
    }

    private JsonNode required(String member, String expected) {
        return payload(member)
                .orElseThrow(() ->
                        invalid("Expected " + expected + " at " + pointerTo(member) + ", but there is no such member"));
    }

    private static String textOf(JsonNode value, String pointer) {
        if (!value.isTextual()) {
            throw unexpected("a string", pointer, value);
        }
        return requireText(value.textValue(), pointer);
    }

    private String pointerTo(String member) {
        return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    private static String place(String pointer) {
        return pointer.isEmpty() ? "the top" : pointer;
    }

    private static ServiceException unexpected(String expected, String pointer, JsonNode actual) {
        return invalid("Expected " + expected + " at " + place(pointer) + ", but got " + nameOf(actual));
    }

    private static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case NUMBER -> "a number";
            case STRING -> "a string";
            case OBJECT, POJO -> "an object";
            case BINARY, MISSING -> "nothing";
        };
    }
}
