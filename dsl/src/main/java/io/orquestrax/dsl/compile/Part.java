package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.source.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A value of the document at its place; its accessors record a problem where the value is of another type. */
record Part(Report report, String pointer, JsonNode value) {
    private static final int SHOWN_LENGTH = 60;

    /**
     * Never absent: where the value is no object, that is recorded, and the fields are empty and say nothing more.
     *
     * @param expected what should stand here, as in "Expected …, but found the text x"
     */
    Fields fields(String expected) {
        if (value instanceof ObjectNode object) {
            return new Fields(this, object, true);
        }
        wrongType(expected);
        return new Fields(this, Json.NODES.objectNode(), false);
    }

    /** Empty where the value is no list, which is recorded. */
    List<Part> items(String expected) {
        if (!value.isArray()) {
            wrongType(expected);
            return List.of();
        }
        List<Part> items = new ArrayList<>();
        for (int index = 0; index < value.size(); index++) {
            items.add(new Part(report, Pointers.item(pointer, index), value.get(index)));
        }
        return items;
    }

    Optional<String> text(String expected) {
        if (!value.isTextual()) {
            wrongType(expected);
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    OptionalInt integer(String expected, int least, int most) {
        if (!value.isIntegralNumber()) {
            wrongType(expected);
            return OptionalInt.empty();
        }
        if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            invalid("Expected " + expected + ", but found " + found());
            return OptionalInt.empty();
        }
        return OptionalInt.of(value.intValue());
    }

    /** Empty where it is neither true nor false, which is recorded. */
    Optional<Boolean> truth(String expected) {
        if (!value.isBoolean()) {
            wrongType(expected);
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    /** Empty where it is none of the words, which is recorded. */
    Optional<String> word(List<String> words) {
        String expected = "one of " + String.join(", ", words);
        Optional<String> word = text(expected);
        if (word.isPresent() && !words.contains(word.get())) {
            invalid("Expected " + expected + ", but found " + found() + NearMiss.hint(word.get(), words));
        }
        return word.filter(words::contains);
    }

    Part member(String name) {
        return new Part(report, Pointers.member(pointer, name), value.path(name));
    }

    void wrongType(String expected) {
        boolean isUnquoted = value.isNumber() && expected.startsWith("a text") && !expected.contains("jq");
        wrongType(expected, isUnquoted ? "; put it in quotes" : "");
    }

    /**
     * @param hint what to do about it, to end the message with
     */
    void wrongType(String expected, String hint) {
        report.errorAtValue(pointer, ProblemCode.WRONG_TYPE, "Expected " + expected + ", but found " + found() + hint);
    }

    void invalid(String message) {
        report.errorAtValue(pointer, ProblemCode.INVALID_VALUE, message);
    }

    void notSupportedYet(String what) {
        report.errorAtKey(
                pointer,
                ProblemCode.NOT_SUPPORTED_YET,
                "Expected only what this version supports, but found " + what + ", which it does not support yet");
    }

    /** The value as a message names it. */
    String found() {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case NULL, MISSING -> "nothing";
            case STRING -> "the text \"" + shortened(value.textValue()) + "\"";
            case NUMBER -> "the number " + shortened(value.asText());
            case BOOLEAN -> value.asText();
            case BINARY, POJO -> "binary data";
        };
    }

    static String shortened(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }
}
