package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Effort;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.CanonicalJson;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.Durations;
import io.orquestrax.dsl.plan.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates parts of a plan; what fails is a {@link TaskFailure} that names the part. */
final class Evaluation {
    private Evaluation() {}

    /** As events have it: null where the value is the very one that it was before. */
    @SuppressWarnings(
            "ReferenceEquality") // An equal tree that was computed anew is worth neither a search nor a doubt.
    static @Nullable JsonNode changedOrNull(JsonNode value, JsonNode before) {
        return value == before ? null : value;
    }

    static JsonNode value(String where, Template template, JsonNode input, Variables variables) {
        try {
            JsonNode value = template.evaluate(input, variables);
            // What the history gives back after a restart must be the same tree as the one that flows on now.
            return changedOrNull(value, input) == null ? value : CanonicalJson.of(value);
        } catch (ExpressionException failed) {
            throw TaskFailure.ofExpression(where, failed);
        }
    }

    /** The value as it is where there is no template. */
    static JsonNode transformed(String where, @Nullable Template template, JsonNode value, Variables variables) {
        return template == null ? value : value(where, template, value, variables);
    }

    static boolean holds(String where, Expression condition, JsonNode input, Variables variables) {
        try {
            return condition.test(input, variables);
        } catch (ExpressionException failed) {
            throw TaskFailure.ofExpression(where, failed);
        }
    }

    static Duration duration(String where, DurationSpec spec, JsonNode input, Variables variables) {
        return switch (spec) {
            case DurationSpec.Fixed fixed -> fixed.duration();
            case DurationSpec.Evaluated evaluated -> {
                JsonNode value = value(where, evaluated.template(), input, variables);
                try {
                    yield Durations.parse(value);
                } catch (ExpressionException notADuration) {
                    throw TaskFailure.ofExpression(where, notADuration);
                }
            }
        };
    }

    static @Nullable Duration durationOrNull(
            String where, @Nullable DurationSpec spec, JsonNode input, Variables variables) {
        return spec == null ? null : duration(where, spec, input, variables);
    }

    static void validate(String what, @Nullable Schema schema, JsonNode value, Variables variables) {
        if (schema == null) {
            return;
        }
        List<String> violations = schema.violations(value, variables.effort().orElseGet(Effort::new));
        if (!violations.isEmpty()) {
            throw TaskFailure.ofValidation(what, violations);
        }
    }
}
