package io.orquestrax.dsl.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a scalar means, after the core schema of YAML 1.2 (chapter 10.3), every digit of a number kept. */
final class CoreScalars {
    static final int MAX_DIGITS = 1000;
    static final int MAX_EXPONENT = 10_000;
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private CoreScalars() {}

    /** Empty where JSON has no such value. */
    static Optional<JsonNode> plain(String text) {
        if (NULL.matcher(text).matches()) {
            return Optional.of(Json.NODES.nullNode());
        }
        if (TRUE.matcher(text).matches() || FALSE.matcher(text).matches()) {
            return Optional.of(Json.NODES.booleanNode(TRUE.matcher(text).matches()));
        }
        if (NOT_FINITE.matcher(text).matches()) {
            return Optional.empty();
        }
        if (isNumber(text)) {
            return number(text);
        }
        return Optional.of(Json.NODES.textNode(text));
    }

    /** Empty where the text does not have the form that the tag demands, or the tag is not of the core schema. */
    static Optional<JsonNode> tagged(String text, String tag) {
        return switch (tag) {
            case "tag:yaml.org,2002:str", "!" -> Optional.of(Json.NODES.textNode(text));
            case "tag:yaml.org,2002:null" -> plain(text).filter(JsonNode::isNull);
            case "tag:yaml.org,2002:bool" -> plain(text).filter(JsonNode::isBoolean);
            case "tag:yaml.org,2002:int" -> plain(text).filter(JsonNode::isIntegralNumber);
            case "tag:yaml.org,2002:float" -> plain(text).filter(JsonNode::isNumber);
            default -> Optional.empty();
        };
    }

    static boolean isNumber(String text) {
        return DECIMAL.matcher(text).matches()
                || OCTAL.matcher(text).matches()
                || HEXADECIMAL.matcher(text).matches();
    }

    private static Optional<JsonNode> number(String text) {
        if (text.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(integer(new BigInteger(text.substring(2), 8)));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(integer(new BigInteger(text.substring(2), 16)));
        }
        if (INTEGER.matcher(text).matches()) {
            return Optional.of(integer(new BigInteger(text)));
        }
        try {
            BigDecimal decimal = new BigDecimal(text);
            return Math.abs((long) decimal.scale()) > MAX_EXPONENT
                    ? Optional.empty()
                    : Optional.of(Json.NODES.numberNode(decimal));
        } catch (NumberFormatException exponentTooLarge) {
            return Optional.empty();
        }
    }

    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return Json.NODES.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? Json.NODES.numberNode(value.longValue()) : BigIntegerNode.valueOf(value);
    }
}
