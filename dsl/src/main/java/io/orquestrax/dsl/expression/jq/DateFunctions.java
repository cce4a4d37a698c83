package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The functions of jq for dates, all in UTC: a date is the seconds since 1970, or broken down to the array [year,
 * month from 0, day, hours, minutes, seconds, day of the week from Sunday, day of the year from 0].
 */
final class DateFunctions {
    private static final double MAX_SECONDS = 1e11;
    private static final int BROKEN_DOWN_SIZE = 6;

    private DateFunctions() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        Map<String, NativeFunction> functions = new HashMap<>();
        functions.put("gmtime/0", NativeFunction.of((budget, in) -> brokenDown(time("gmtime", in), in)));
        functions.put("localtime/0", NativeFunction.of((budget, in) -> brokenDown(time("localtime", in), in)));
        functions.put("mktime/0", NativeFunction.of((budget, in) -> seconds(in)));
        functions.put("strftime/1", formatting("strftime/1"));
        functions.put("strflocaltime/1", formatting("strflocaltime/1"));
        functions.put(
                "strptime/1", NativeFunction.ofValues((budget, in, arguments) -> parsed(in, arguments.getFirst())));
        return functions;
    }

    private static JsonNode seconds(JsonNode in) {
        if (!in.isArray()) {
            throw new Failure("mktime requires array of 6 numbers");
        }
        return Json.NODES.numberNode(time("mktime", in).toEpochSecond(ZoneOffset.UTC));
    }

    private static NativeFunction formatting(String name) {
        return NativeFunction.ofValues((budget, in, arguments) -> {
            JsonNode format = arguments.getFirst();
            if (!format.isTextual()) {
                throw new Failure(name + " requires a string format");
            }
            budget.make(8L * format.textValue().length());
            return Texts.made(budget, TimeFormat.format(time(name, in), format.textValue()));
        });
    }

    private static JsonNode parsed(JsonNode in, JsonNode format) {
        if (!in.isTextual() || !format.isTextual()) {
            throw new Failure("strptime/1 requires string inputs and arguments, but found " + Shown.typed(in));
        }
        return brokenDown(TimeFormat.parse(in.textValue(), format.textValue()), Json.NODES.numberNode(0));
    }

    private static LocalDateTime time(String name, JsonNode in) {
        Failure unparsed = new Failure(name + " requires parsed datetime inputs");
        try {
            if (in.isNumber()) {
                double seconds = Math.floor(in.doubleValue());
                if (!(Math.abs(seconds) < MAX_SECONDS)) {
                    throw new Failure(Shown.typed(in) + " is no date that " + name + " takes");
                }
                return LocalDateTime.ofInstant(Instant.ofEpochSecond((long) seconds), ZoneOffset.UTC);
            }
            if (!in.isArray() || in.size() < BROKEN_DOWN_SIZE) {
                throw unparsed;
            }
            for (JsonNode part : in) {
                if (!part.isNumber()) {
                    throw unparsed;
                }
            }
            return LocalDateTime.of(part(in, 0), 1, 1, 0, 0)
                    .plusMonths(part(in, 1))
                    .plusDays(part(in, 2) - 1L)
                    .plusHours(part(in, 3))
                    .plusMinutes(part(in, 4))
                    .plusSeconds(part(in, 5));
        } catch (DateTimeException outOfRange) {
            throw unparsed;
        }
    }

    private static int part(JsonNode brokenDown, int index) {
        return (int) brokenDown.get(index).doubleValue();
    }

    private static JsonNode brokenDown(LocalDateTime time, JsonNode seconds) {
        double fraction = seconds.isNumber() ? seconds.doubleValue() - Math.floor(seconds.doubleValue()) : 0;
        ArrayNode array = Json.NODES.arrayNode();
        array.add(time.getYear());
        array.add(time.getMonthValue() - 1);
        array.add(time.getDayOfMonth());
        array.add(time.getHour());
        array.add(time.getMinute());
        array.add(Arithmetic.fractional(time.getSecond() + fraction));
        array.add(time.getDayOfWeek().getValue() % 7);
        array.add(time.getDayOfYear() - 1);
        return array;
    }
}
