package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** All builtin functions that are written in Java, and those of no other kind. */
final class NativeFunctions {
    private static final int MAX_DIGITS = 1000;

    private NativeFunctions() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        Map<String, NativeFunction> functions = new HashMap<>();
        functions.putAll(Containers.all());
        functions.putAll(Sorting.all());
        functions.putAll(Texts.all());
        functions.putAll(Format.functions());
        functions.putAll(Numbers.all());
        functions.putAll(PathFunctions.all());
        functions.putAll(LoopFunctions.all());
        functions.putAll(RegularExpressionFunctions.all());
        functions.putAll(DateFunctions.all());
        functions.put("empty/0", (environment, arguments, in, path, output) -> {});
        functions.put("error/0", (environment, arguments, in, path, output) -> {
            throw new Failure(in);
        });
        functions.put("not/0", NativeFunction.of((budget, in) -> Json.NODES.booleanNode(!Basics.isTrue(in))));
        functions.put("type/0", NativeFunction.of((budget, in) -> Json.NODES.textNode(Shown.type(in))));
        functions.put("now/0", NativeFunction.of((budget, in) -> seconds(budget.now())));
        functions.put("tonumber/0", NativeFunction.of(NativeFunctions::toNumber));
        functions.put("fromjson/0", NativeFunction.of(NativeFunctions::fromJson));
        functions.put("have_literal_numbers/0", NativeFunction.of((budget, in) -> Json.NODES.booleanNode(true)));
        functions.put("have_decnum/0", NativeFunction.of((budget, in) -> Json.NODES.booleanNode(false)));
        return functions;
    }

    private static JsonNode seconds(Instant now) {
        return Arithmetic.fractional(now.getEpochSecond() + now.getNano() / 1e9);
    }

    private static JsonNode toNumber(Budget budget, JsonNode in) {
        if (in.isNumber()) {
            return in;
        }
        if (in.isTextual()) {
            String digits = in.textValue().strip();
            budget.work(digits.length());
            try {
                JsonNode number = digits.length() > MAX_DIGITS ? Json.NODES.nullNode() : Json.read(digits);
                if (number.isNumber()) {
                    return number;
                }
            } catch (JsonProcessingException noNumber) {
                // Told below.
            }
        }
        throw new Failure(Shown.typed(in) + " cannot be parsed as a number");
    }

    private static JsonNode fromJson(Budget budget, JsonNode in) {
        if (!in.isTextual()) {
            throw new Failure(Shown.typed(in) + " only strings can be parsed");
        }
        String text = in.textValue();
        if (text.strip().equals("nan")) {
            return DoubleNode.valueOf(Double.NaN);
        }
        budget.make(text.length());
        try {
            JsonNode value = Json.read(text);
            return value.isMissingNode() ? Json.NODES.nullNode() : value;
        } catch (JsonProcessingException malformed) {
            throw new Failure(Shown.typed(in) + " is not one JSON value: " + malformed.getOriginalMessage());
        }
    }
}
