package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.ExpressionException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the DSL's durations: ISO 8601 texts, and objects of days, hours, minutes, seconds and milliseconds. */
public final class Durations {
    /** Longest duration: 100 years. */
    public static final Duration LONGEST = Duration.ofDays(36_525);

    private static final Map<String, Duration> UNITS = Map.of(
            "days", Duration.ofDays(1),
            "hours", Duration.ofHours(1),
            "minutes", Duration.ofMinutes(1),
            "seconds", Duration.ofSeconds(1),
            "milliseconds", Duration.ofMillis(1));
    private static final String NUMBER = "(\\d{1,18}(?:[.,]\\d{1,9})?)";
    private static final Pattern ISO_8601 = Pattern.compile("P(?!$)(?:" + NUMBER + "W)?(?:" + NUMBER + "D)?"
            + "(?:T(?=\\d)(?:" + NUMBER + "H)?(?:" + NUMBER + "M)?(?:" + NUMBER + "S)?)?");
    private static final Pattern CALENDAR_UNITS = Pattern.compile("P\\d+(?:[.,]\\d+)?[YM].*");
    private static final Duration[] ISO_UNITS = {
        Duration.ofDays(7), Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1)
    };
    private static final int NANOS_PER_SECOND_DIGITS = 9;

    private Durations() {}

    /**
     * @param value a text such as {@code P1DT2H} or {@code PT0.5S}, or an object such as {@code {"minutes": 5}}
     * @throws ExpressionException if it is neither, is negative or is longer than {@link #LONGEST}
     */
    public static Duration parse(JsonNode value) {
        if (value.isTextual()) {
            return parseText(value.textValue());
        }
        if (value.isObject()) {
            return parseObject(value);
        }
        throw new ExpressionException("Expected a duration, as an ISO 8601 text such as \"PT30S\" or an object such as"
                + " {\"seconds\": 30}, but found " + shortened(value.toString()));
    }

    private static Duration parseText(String text) {
        Matcher matcher = ISO_8601.matcher(text.strip());
        if (!matcher.matches()) {
            String reason = CALENDAR_UNITS.matcher(text.strip()).matches()
                    ? ", whose years or months have no fixed length; write days"
                    : "";
            throw new ExpressionException("Expected an ISO 8601 duration such as \"PT30S\" or \"P1DT12H\", but found \""
                    + shortened(text) + "\"" + reason);
        }
        BigDecimal seconds = BigDecimal.ZERO;
        for (int unit = 0; unit < ISO_UNITS.length; unit++) {
            seconds = seconds.add(seconds(matcher.group(unit + 1), ISO_UNITS[unit]));
        }
        return bounded(seconds, text);
    }

    private static BigDecimal seconds(@Nullable String amount, Duration unit) {
        return amount == null
                ? BigDecimal.ZERO
                : new BigDecimal(amount.replace(',', '.')).multiply(BigDecimal.valueOf(unit.toSeconds()));
    }

    private static Duration parseObject(JsonNode object) {
        if (object.isEmpty()) {
            throw new ExpressionException("Expected a duration with at least one of days, hours, minutes, seconds and"
                    + " milliseconds, but found an empty object");
        }
        BigDecimal seconds = BigDecimal.ZERO;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Duration unit = UNITS.get(member.getKey());
            if (unit == null) {
                throw new ExpressionException("Expected days, hours, minutes, seconds or milliseconds in a duration,"
                        + " but found \"" + shortened(member.getKey()) + "\"");
            }
            BigDecimal amount = amount(member.getKey(), member.getValue());
            seconds = seconds.add(amount.multiply(BigDecimal.valueOf(unit.toMillis(), 3)));
        }
        return bounded(seconds, object.toString());
    }

    private static BigDecimal amount(String unit, JsonNode amount) {
        boolean isWhole = amount.isNumber() && amount.canConvertToLong() && amount.canConvertToExactIntegral();
        if (!isWhole || amount.longValue() < 0) {
            throw new ExpressionException("Expected a whole number from 0 for the " + unit
                    + " of a duration, but found " + shortened(amount.toString()));
        }
        return BigDecimal.valueOf(amount.longValue());
    }

    private static Duration bounded(BigDecimal seconds, String found) {
        if (seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
            throw new ExpressionException("Expected a duration of at most 100 years, but found " + shortened(found));
        }
        long whole = seconds.longValue();
        long nanos = seconds.subtract(BigDecimal.valueOf(whole))
                .movePointRight(NANOS_PER_SECOND_DIGITS)
                .longValue();
        return Duration.ofSeconds(whole, nanos);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
