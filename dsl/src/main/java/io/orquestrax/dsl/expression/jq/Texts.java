package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Functions of strings. */
final class Texts {
    private static final int REPLACEMENT = 0xFFFD;
    private static final int SHOWN_LENGTH = 20;

    private Texts() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        return Map.ofEntries(
                Map.entry(
                        "trim/0",
                        NativeFunction.of((budget, in) ->
                                made(budget, stripped("trim", in).strip()))),
                Map.entry(
                        "ltrim/0",
                        NativeFunction.of((budget, in) ->
                                made(budget, stripped("ltrim", in).stripLeading()))),
                Map.entry(
                        "rtrim/0",
                        NativeFunction.of((budget, in) ->
                                made(budget, stripped("rtrim", in).stripTrailing()))),
                Map.entry("ltrimstr/1", NativeFunction.ofValues(Texts::withoutStart)),
                Map.entry("rtrimstr/1", NativeFunction.ofValues(Texts::withoutEnd)),
                Map.entry(
                        "trimstr/1",
                        NativeFunction.ofValues((budget, in, arguments) ->
                                withoutEnd(budget, withoutStart(budget, in, arguments), arguments))),
                Map.entry(
                        "startswith/1",
                        NativeFunction.ofValues(
                                (budget, in, arguments) -> Json.NODES.booleanNode(both("startswith", in, arguments)
                                        .startsWith(arguments.getFirst().textValue())))),
                Map.entry(
                        "endswith/1",
                        NativeFunction.ofValues(
                                (budget, in, arguments) -> Json.NODES.booleanNode(both("endswith", in, arguments)
                                        .endsWith(arguments.getFirst().textValue())))),
                Map.entry(
                        "ascii_downcase/0",
                        NativeFunction.of((budget, in) -> shifted(budget, "ascii_downcase", in, 'A', 'Z', 32))),
                Map.entry(
                        "ascii_upcase/0",
                        NativeFunction.of((budget, in) -> shifted(budget, "ascii_upcase", in, 'a', 'z', -32))),
                Map.entry("explode/0", NativeFunction.of(Texts::explode)),
                Map.entry("implode/0", NativeFunction.of(Texts::implode)),
                Map.entry("split/1", NativeFunction.ofValues(Texts::splitBy)),
                Map.entry(
                        "join/1",
                        NativeFunction.ofValues((budget, in, arguments) -> join(budget, in, arguments.getFirst()))),
                Map.entry("utf8bytelength/0", NativeFunction.of(Texts::byteLength)));
    }

    /**
     * @throws Failure if it is no string
     */
    static String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw new Failure(Shown.typed(value) + " cannot be given to " + name + ", which takes a string");
        }
        return value.textValue();
    }

    private static String stripped(String name, JsonNode in) {
        if (!in.isTextual()) {
            throw new Failure(name + " input must be a string");
        }
        return in.textValue();
    }

    static JsonNode made(Budget budget, String text) {
        budget.make(text.length());
        return Json.NODES.textNode(text);
    }

    private static String both(String name, JsonNode in, List<JsonNode> arguments) {
        if (!in.isTextual() || !arguments.getFirst().isTextual()) {
            throw new Failure(name + "() requires string inputs");
        }
        return in.textValue();
    }

    private static JsonNode withoutStart(Budget budget, JsonNode in, List<JsonNode> arguments) {
        JsonNode start = arguments.getFirst();
        return in.isTextual() && start.isTextual() && in.textValue().startsWith(start.textValue())
                ? made(budget, in.textValue().substring(start.textValue().length()))
                : in;
    }

    private static JsonNode withoutEnd(Budget budget, JsonNode in, List<JsonNode> arguments) {
        JsonNode end = arguments.getFirst();
        return in.isTextual() && end.isTextual() && in.textValue().endsWith(end.textValue())
                ? made(
                        budget,
                        in.textValue()
                                .substring(
                                        0,
                                        in.textValue().length()
                                                - end.textValue().length()))
                : in;
    }

    private static JsonNode shifted(Budget budget, String name, JsonNode in, char first, char last, int by) {
        if (!in.isTextual()) {
            throw new Failure(name + " input must be a string");
        }
        budget.make(in.textValue().length());
        StringBuilder changed = new StringBuilder(in.textValue());
        for (int index = 0; index < changed.length(); index++) {
            char each = changed.charAt(index);
            if (each >= first && each <= last) {
                changed.setCharAt(index, (char) (each + by));
            }
        }
        return Json.NODES.textNode(changed.toString());
    }

    private static JsonNode explode(Budget budget, JsonNode in) {
        if (!in.isTextual()) {
            throw new Failure("explode input must be a string");
        }
        budget.make(4L * in.textValue().length());
        ArrayNode points = Json.NODES.arrayNode();
        in.textValue().codePoints().forEach(points::add);
        return points;
    }

    private static JsonNode implode(Budget budget, JsonNode in) {
        if (!in.isArray()) {
            throw new Failure("implode input must be an array");
        }
        budget.make(2L * in.size());
        StringBuilder text = new StringBuilder();
        for (JsonNode point : in) {
            if (!point.isNumber() || Double.isNaN(point.doubleValue())) {
                throw new Failure(Shown.typed(point) + " can't be imploded, unicode codepoint needs to be numeric");
            }
            double number = Math.floor(point.doubleValue());
            boolean isCharacter = number >= 0
                    && number <= Character.MAX_CODE_POINT
                    && !(number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE);
            text.appendCodePoint(isCharacter ? (int) number : REPLACEMENT);
        }
        return Json.NODES.textNode(text.toString());
    }

    private static JsonNode splitBy(Budget budget, JsonNode in, List<JsonNode> arguments) {
        if (!in.isTextual() || !arguments.getFirst().isTextual()) {
            throw new Failure("split input and separator must be strings");
        }
        return split(budget, in.textValue(), arguments.getFirst().textValue());
    }

    /** An empty separator splits into characters; an empty text has no parts. */
    static JsonNode split(Budget budget, String text, String separator) {
        budget.make(text.length());
        ArrayNode parts = Json.NODES.arrayNode();
        int start = 0;
        while (start < text.length()) {
            int end = separator.isEmpty() ? text.offsetByCodePoints(start, 1) : text.indexOf(separator, start);
            budget.work(4);
            if (end < 0) {
                break;
            }
            parts.add(text.substring(start, end));
            start = end + separator.length();
            if (start == text.length() && separator.isEmpty()) {
                return parts;
            }
        }
        if (!text.isEmpty()) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    /** Numbers and booleans are written as they are, null is nothing. */
    private static JsonNode join(Budget budget, JsonNode in, JsonNode separator) {
        if (!in.isContainerNode()) {
            throw new Failure("Cannot iterate over " + Shown.typed(in));
        }
        if (in.isEmpty()) {
            return Json.NODES.textNode("");
        }
        String between = in.size() == 1 && separator.isNull() ? "" : separatorText(separator);
        StringBuilder joined = new StringBuilder();
        boolean isFirst = true;
        for (JsonNode each : in) {
            String piece = piece(each, joined, isFirst ? "" : between);
            budget.lengthenText(joined.length(), (long) between.length() + piece.length());
            joined.append(isFirst ? "" : between).append(piece);
            isFirst = false;
        }
        return Json.NODES.textNode(joined.toString());
    }

    private static String separatorText(JsonNode separator) {
        if (separator.isNull()) {
            return "";
        }
        if (!separator.isTextual()) {
            throw Arithmetic.PLUS.inapplicable(Json.NODES.textNode(""), separator);
        }
        return separator.textValue();
    }

    private static String piece(JsonNode each, StringBuilder joined, String between) {
        return switch (each.getNodeType()) {
            case STRING -> each.textValue();
            case NUMBER, BOOLEAN -> Json.write(ResultCheck.finite(each));
            case NULL -> "";
            case ARRAY, OBJECT, BINARY, MISSING, POJO ->
                throw Arithmetic.PLUS.inapplicable(
                        Json.NODES.textNode(joined.substring(0, Math.min(SHOWN_LENGTH, joined.length())) + between),
                        each);
        };
    }

    private static JsonNode byteLength(Budget budget, JsonNode in) {
        if (!in.isTextual()) {
            throw new Failure(Shown.typed(in) + " only strings have UTF-8 byte length");
        }
        budget.work(in.textValue().length());
        return Json.NODES.numberNode(in.textValue().getBytes(StandardCharsets.UTF_8).length);
    }

    /** Offsets in code points where the other text stands, overlaps too. */
    static ArrayNode indices(Budget budget, String text, String wanted) {
        ArrayNode found = Json.NODES.arrayNode();
        if (wanted.isEmpty()) {
            return found;
        }
        budget.make(text.length());
        int points = 0;
        int counted = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            budget.step();
            points += text.codePointCount(counted, at);
            counted = at;
            found.add(points);
        }
        return found;
    }
}
