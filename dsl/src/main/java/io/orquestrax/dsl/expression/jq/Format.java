package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The formats of jq: what {@code @name} makes of a value. */
enum Format {
    TEXT("text"),
    JSON("json"),
    CSV("csv"),
    TSV("tsv"),
    HTML("html"),
    URI("uri"),
    URID("urid"),
    SH("sh"),
    BASE64("base64"),
    BASE64D("base64d"),
    BASE32("base32"),
    BASE32D("base32d");

    private static final String UNRESERVED = "-_.~";
    /** How much longer a text can get. */
    private static final int GROWTH = 9;

    private final String title;

    Format(String title) {
        this.title = title;
    }

    static @Nullable Format named(String name) {
        for (Format each : values()) {
            if (each.title.equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** By their signatures. */
    static Map<String, NativeFunction> functions() {
        Map<String, NativeFunction> functions = new HashMap<>();
        for (Format each : values()) {
            functions.put(
                    "@" + each.title + "/0",
                    NativeFunction.of((budget, in) -> Json.NODES.textNode(each.apply(budget, in))));
        }
        functions.put("tojson/0", functions.get("@json/0"));
        functions.put("tostring/0", functions.get("@text/0"));
        functions.put("format/1", NativeFunction.ofValues(Format::byName));
        return functions;
    }

    private static JsonNode byName(Budget budget, JsonNode in, List<JsonNode> arguments) {
        Format format = named(arguments.getFirst().asText());
        if (format == null) {
            throw new Failure(Shown.brief(arguments.getFirst()) + " is not a valid format");
        }
        return Json.NODES.textNode(format.apply(budget, in));
    }

    String apply(Budget budget, JsonNode value) {
        return switch (this) {
            case TEXT -> text(budget, value);
            case JSON -> ResultCheck.toJson(budget, value);
            case CSV -> row(budget, value, ",");
            case TSV -> row(budget, value, "\t");
            case HTML -> html(budget, text(budget, value));
            case URI -> uri(budget, text(budget, value));
            case URID -> Encodings.uriDecoded(budget, value);
            case SH -> shell(budget, value);
            case BASE64 -> {
                String text = text(budget, value);
                budget.make(2L * text.length());
                yield Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            }
            case BASE64D -> Encodings.base64Decoded(budget, value, text(budget, value));
            case BASE32 -> Encodings.base32(budget, text(budget, value));
            case BASE32D -> Encodings.base32Decoded(budget, value, text(budget, value));
        };
    }

    private static String text(Budget budget, JsonNode value) {
        return value.isTextual() ? value.textValue() : ResultCheck.toJson(budget, value);
    }

    private String row(Budget budget, JsonNode value, String separator) {
        if (!value.isArray()) {
            throw new Failure(Shown.typed(value) + " cannot be " + title + "-formatted, only an array can be");
        }
        StringBuilder row = new StringBuilder();
        for (int index = 0; index < value.size(); index++) {
            String cell = cell(budget, value.get(index));
            budget.lengthenText(row.length(), cell.length() + 1L);
            row.append(index > 0 ? separator : "").append(cell);
        }
        return row.toString();
    }

    private String cell(Budget budget, JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> "";
            case NUMBER, BOOLEAN -> text(budget, value);
            case STRING -> quoted(budget, value.textValue());
            case ARRAY, OBJECT, BINARY, MISSING, POJO ->
                throw new Failure(Shown.typed(value) + " is not valid in a csv row");
        };
    }

    private String quoted(Budget budget, String text) {
        budget.make(2L * text.length());
        if (this == CSV) {
            return "\"" + text.replace("\"", "\"\"") + "\"";
        }
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String html(Budget budget, String text) {
        // Each escape is longer than what it stands for, and is escaped itself the next time.
        budget.work(8L * text.length());
        StringBuilder escaped = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            switch (each) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '\'' -> escaped.append("&apos;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(each);
            }
            if (escaped.length() > Budget.MAX_SIZE) {
                budget.make(escaped.length());
            }
        }
        budget.make(escaped.length());
        return escaped.toString();
    }

    private static String uri(Budget budget, String text) {
        budget.work(text.length());
        budget.make(text.chars().allMatch(each -> each < 128) ? 3L * text.length() : (long) GROWTH * text.length());
        StringBuilder escaped = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            boolean isPlain =
                    character < 128 && Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0;
            if (isPlain) {
                escaped.append(character);
            } else {
                escaped.append('%')
                        .append(Character.toUpperCase(Character.forDigit(character >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(character & 15, 16)));
            }
        }
        return escaped.toString();
    }

    private static String shell(Budget budget, JsonNode value) {
        StringBuilder words = new StringBuilder();
        for (JsonNode word : value.isArray() ? value : List.of(value)) {
            if (word.isContainerNode()) {
                throw new Failure(Shown.typed(word) + " can not be escaped for shell");
            }
            String text = word.isTextual() ? word.textValue().replace("'", "'\\''") : text(budget, word);
            budget.lengthenText(words.length(), text.length() + 3L);
            words.append(words.isEmpty() ? "" : " ").append(word.isTextual() ? "'" + text + "'" : text);
        }
        return words.toString();
    }
}
