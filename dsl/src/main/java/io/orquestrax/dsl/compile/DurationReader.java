package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.Durations;
import java.time.Duration;
import java.util.Optional;

/** Reads durations: those without an expression at once. */
final class DurationReader {
    static final String EXPECTED = "a duration, as an ISO 8601 text such as PT30S or an object such as {seconds: 30}";

    private final Expressions expressions;

    DurationReader(Expressions expressions) {
        this.expressions = expressions;
    }

    DurationSpec read(Part part, VisibleNames names, Moment moment) {
        if (part.value().isObject()) {
            return object(part, names, moment);
        }
        if (part.value().isTextual() && ExpressionSyntax.isWrapped(part.value().textValue())) {
            return new DurationSpec.Evaluated(expressions.value(part, names, moment));
        }
        return new DurationSpec.Fixed(fixed(part));
    }

    /** A duration that holds no expression; zero where it is none, which is recorded. */
    static Duration fixed(Part part) {
        return known(part).orElse(Duration.ZERO);
    }

    /** A duration that holds no expression; empty where it is none, which is recorded. */
    static Optional<Duration> known(Part part) {
        if (!part.value().isTextual() && !part.value().isObject()) {
            part.wrongType(EXPECTED);
            return Optional.empty();
        }
        if (part.value().isObject() && !knownUnits(part)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Durations.parse(part.value()));
        } catch (ExpressionException invalid) {
            part.invalid(invalid.getMessage());
            return Optional.empty();
        }
    }

    private DurationSpec object(Part part, VisibleNames names, Moment moment) {
        for (JsonNode amount : part.value()) {
            if (amount.isTextual() && ExpressionSyntax.isWrapped(amount.textValue())) {
                knownUnits(part);
                return new DurationSpec.Evaluated(expressions.value(part, names, moment));
            }
        }
        return new DurationSpec.Fixed(fixed(part));
    }

    private static boolean knownUnits(Part part) {
        Fields fields = part.fields(EXPECTED);
        fields.allow("days", "hours", "minutes", "seconds", "milliseconds");
        return fields.finish();
    }
}
