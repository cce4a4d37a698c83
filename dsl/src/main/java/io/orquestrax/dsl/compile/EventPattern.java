package io.orquestrax.dsl.compile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.orquestrax.dsl.ProblemCode;
import java.util.Optional;
import java.util.regex.MatchResult;

/** What the text of an event's attribute means as a regular expression. */
final class EventPattern {
    private static final java.util.regex.Pattern META = java.util.regex.Pattern.compile("[\\\\^$|?*+()\\[\\]{}]");
    private static final java.util.regex.Pattern REPETITION = java.util.regex.Pattern.compile("\\{(\\d*),?(\\d*)\\}");
    /** Repetitions are unrolled when compiled, those inside of each other too. */
    private static final long MAX_REPETITIONS = 1000;

    private static final int MAX_LENGTH = 1000;

    private EventPattern() {}

    /** Empty where it has none of its own; a text that fails as one is warned of, and only compared. */
    static Optional<Pattern> of(Part part, String text) {
        if (!META.matcher(text).find()) {
            return Optional.empty();
        }
        if (text.length() > MAX_LENGTH || repetitions(text) > MAX_REPETITIONS) {
            warn(part, "it is too large for one");
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(text, Pattern.DOTALL));
        } catch (PatternSyntaxException invalid) {
            warn(part, "it is none (" + invalid.getDescription() + ")");
            return Optional.empty();
        }
    }

    private static long repetitions(String text) {
        return REPETITION
                .matcher(text)
                .results()
                .mapToLong(each -> Math.max(1, Math.max(count(each, 1), count(each, 2))))
                .reduce(1, (product, each) -> Math.min(product * each, MAX_REPETITIONS + 1));
    }

    private static long count(MatchResult repetition, int group) {
        String digits = repetition.group(group);
        return digits.isEmpty() ? 0 : digits.length() > 4 ? MAX_REPETITIONS + 1 : Long.parseLong(digits);
    }

    private static void warn(Part part, String reason) {
        part.report()
                .warningAtValue(
                        part.pointer(),
                        ProblemCode.LITERAL_PATTERN,
                        "Expected a regular expression, since the text has characters of one, but " + reason
                                + ": events are only compared with the text itself");
    }
}
