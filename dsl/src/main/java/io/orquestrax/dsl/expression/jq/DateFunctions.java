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
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryTypeException;

/**
 * The functions of jq for dates, all in UTC: a date is the seconds since 1970, or broken down to the array [year,
 * month from 0, day, hours, minutes, seconds, day of the week from Sunday, day of the year from 0].
 */
final class DateFunctions {
    private static final double MAX_SECONDS = 1e11;
    private static final int BROKEN_DOWN_SIZE = 6;

    private DateFunctions() {}

    /** By their signatures. */
    static Map<String, Function> all() {
        Map<String, Function> functions = new HashMap<>();
        NativeFunctions.put(functions, "gmtime/0", input -> brokenDown(time("gmtime", input), input));
        NativeFunctions.put(functions, "localtime/0", input -> brokenDown(time("localtime", input), input));
        NativeFunctions.put(
                functions,
                "mktime/0",
                input -> Json.NODES.numberNode(time("mktime", input).toEpochSecond(ZoneOffset.UTC)));
        functions.put(
                "strftime/1",
                (scope, arguments, in, path, output, version) ->
                        arguments.get(0).apply(scope, in, format -> output.emit(formatted(in, format), null)));
        functions.put("strflocaltime/1", functions.get("strftime/1"));
        functions.put(
                "strptime/1",
                (scope, arguments, in, path, output, version) ->
                        arguments.get(0).apply(scope, in, format -> output.emit(parsed(in, format), null)));
        return functions;
    }

    private static JsonNode formatted(JsonNode input, JsonNode format) throws JsonQueryException {
        String pattern = NativeFunctions.text("strftime", format);
        return Json.NODES.textNode(TimeFormat.format(time("strftime", input), pattern));
    }

    private static JsonNode parsed(JsonNode input, JsonNode format) throws JsonQueryException {
        String text = NativeFunctions.text("strptime", input);
        LocalDateTime time = TimeFormat.parse(text, NativeFunctions.text("strptime", format));
        return brokenDown(time, Json.NODES.numberNode(0));
    }

    private static LocalDateTime time(String name, JsonNode input) throws JsonQueryException {
        try {
            if (input.isNumber() && Math.abs(input.doubleValue()) < MAX_SECONDS) {
                return LocalDateTime.ofInstant(
                        Instant.ofEpochSecond((long) Math.floor(input.doubleValue())), ZoneOffset.UTC);
            }
            if (input.isArray() && input.size() >= BROKEN_DOWN_SIZE) {
                return LocalDateTime.of(part(input, 0), 1, 1, 0, 0)
                        .plusMonths(part(input, 1))
                        .plusDays(part(input, 2) - 1L)
                        .plusHours(part(input, 3))
                        .plusMinutes(part(input, 4))
                        .plusSeconds(part(input, 5));
            }
        } catch (DateTimeException outOfRange) {
            throw new JsonQueryTypeException("%s is no date that " + name + " takes", input);
        }
        throw new JsonQueryTypeException("%s is no date that " + name + " takes", input);
    }

    private static int part(JsonNode brokenDown, int index) throws JsonQueryException {
        JsonNode part = brokenDown.get(index);
        if (!part.isNumber()) {
            throw new JsonQueryTypeException("%s is no date: its parts are numbers", brokenDown);
        }
        return part.intValue();
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
