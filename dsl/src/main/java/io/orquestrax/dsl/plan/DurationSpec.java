package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.expression.Variables;
import java.time.Duration;

/** A duration of the DSL: fixed when compiled, or evaluated when met. */
public sealed interface DurationSpec {

    /**
     * The duration, never negative and at most {@link Durations#LONGEST}.
     *
     * @throws ExpressionException if an expression fails, or gives no duration
     */
    Duration resolve(JsonNode input, Variables variables);

    record Fixed(Duration duration) implements DurationSpec {
        @Override
        public Duration resolve(JsonNode input, Variables variables) {
            return duration;
        }
    }

    /** Evaluates to an ISO 8601 string or to an object of days, hours, minutes, seconds and milliseconds. */
    record Evaluated(Template template) implements DurationSpec {
        @Override
        public Duration resolve(JsonNode input, Variables variables) {
            return Durations.parse(template.evaluate(input, variables));
        }
    }
}
