package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.dsl.plan.RetrySpec.Backoff;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads retry policies, and names of those of {@code use.retries}. */
record RetryReader(Expressions expressions, DurationReader durations, Definitions definitions) {

    private record Limit(
            @Nullable Integer count,
            @Nullable DurationSpec attempt,
            @Nullable DurationSpec total) {
        static final Limit NONE = new Limit(null, null, null);
    }

    private record Jitter(
            @Nullable DurationSpec from, @Nullable DurationSpec to) {
        static final Jitter NONE = new Jitter(null, null);
    }

    /**
     * @param names the caught error among them
     * @param withoutError what an attempt sees while nothing has failed yet
     */
    Optional<RetrySpec> read(Part part, VisibleNames names, VisibleNames withoutError) {
        return part.value().isTextual()
                ? definitions.find(Section.RETRIES, part).map(each -> policy(each, names, withoutError))
                : Optional.of(policy(part, names, withoutError));
    }

    /** What nothing refers to is judged too. */
    void checkUnused() {
        VisibleNames names = VisibleNames.NONE.with(TryKind.DEFAULT_NAME);
        definitions.unused(Section.RETRIES).forEach(each -> policy(each, names, VisibleNames.NONE));
    }

    private RetrySpec policy(Part part, VisibleNames names, VisibleNames withoutError) {
        Fields fields = part.fields("an object with a retry policy");
        fields.belongUnder("limit.attempt", "count");
        fields.belongUnder("limit", "attempt", "duration");
        fields.belongUnder("backoff", "constant", "linear", "exponential");
        Optional<Expression> when =
                fields.optional("when").map(each -> expressions.always(each, names, Moment.DEFINITION));
        Optional<Expression> exceptWhen =
                fields.optional("exceptWhen").map(each -> expressions.always(each, names, Moment.DEFINITION));
        DurationSpec delay = duration(fields.optional("delay"), names);
        Backoff backoff = fields.optional("backoff").map(RetryReader::backoff).orElse(Backoff.CONSTANT);
        Limit limit = fields.optional("limit")
                .map(each -> limit(each, names, withoutError))
                .orElse(Limit.NONE);
        Jitter jitter =
                fields.optional("jitter").map(each -> jitter(each, names)).orElse(Jitter.NONE);
        fields.finish();
        return new RetrySpec(
                when.orElse(null),
                exceptWhen.orElse(null),
                delay,
                backoff,
                limit.count(),
                limit.attempt(),
                limit.total(),
                jitter.from(),
                jitter.to());
    }

    private static Backoff backoff(Part part) {
        Fields fields = part.fields("an object with constant, linear or exponential");
        fields.allow("constant", "linear", "exponential");
        if (!fields.finish() || !fields.isReadable()) {
            return Backoff.CONSTANT;
        }
        List<String> names = fields.names();
        if (names.size() != 1) {
            part.invalid("Expected one of constant, linear and exponential, but found " + names.size() + " of them");
            return Backoff.CONSTANT;
        }
        Part parameters = part.member(names.getFirst());
        if (!parameters.value().isNull()) {
            parameters.fields("an empty object");
        }
        return switch (names.getFirst()) {
            case "linear" -> Backoff.LINEAR;
            case "exponential" -> Backoff.EXPONENTIAL;
            default -> Backoff.CONSTANT;
        };
    }

    private Limit limit(Part part, VisibleNames names, VisibleNames withoutError) {
        Fields fields = part.fields("an object with attempt or duration");
        fields.belongUnder("attempt", "count");
        DurationSpec total = duration(fields.optional("duration"), names);
        Optional<Part> attempt = fields.optional("attempt");
        fields.finish();
        if (attempt.isEmpty()) {
            return new Limit(null, null, total);
        }
        Fields attempts = attempt.get().fields("an object with count or duration");
        Integer count = attempts.optional("count").flatMap(RetryReader::count).orElse(null);
        DurationSpec each = duration(attempts.optional("duration"), withoutError);
        attempts.finish();
        return new Limit(count, each, total);
    }

    private static Optional<Integer> count(Part part) {
        OptionalInt count = part.integer("a whole number from 0", 0, Integer.MAX_VALUE);
        return count.isPresent() ? Optional.of(count.getAsInt()) : Optional.empty();
    }

    private Jitter jitter(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with from and to");
        DurationSpec from = duration(fields.required("from", "the shortest addition to a delay"), names);
        DurationSpec to = duration(fields.required("to", "the longest addition to a delay"), names);
        fields.finish();
        if (from instanceof DurationSpec.Fixed least
                && to instanceof DurationSpec.Fixed most
                && least.duration().compareTo(most.duration()) > 0) {
            part.invalid("Expected a jitter whose \"from\" is not longer than its \"to\", but found from "
                    + least.duration() + " to " + most.duration());
        }
        return new Jitter(from, to);
    }

    private @Nullable DurationSpec duration(Optional<Part> part, VisibleNames names) {
        return part.map(each -> durations.read(each, names, Moment.DEFINITION)).orElse(null);
    }
}
