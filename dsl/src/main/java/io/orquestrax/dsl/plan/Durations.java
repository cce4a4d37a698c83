package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.ExpressionException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations of the DSL as they stand in data. */
public final class Durations {
    private Durations() {}

    /**
     * @param value an ISO 8601 string, or an object of days, hours, minutes, seconds and milliseconds
     * @throws ExpressionException if it is neither
     */
    public static Duration parse(JsonNode value) {
        try {
            return Duration.parse(value.asText());
        } catch (DateTimeParseException malformed) {
            throw new ExpressionException("Expected an ISO 8601 duration, but got " + value);
        }
    }
}
