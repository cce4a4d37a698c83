package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.plan.EventFilter;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.EventStrategy.Until;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads which events are waited for, of listen tasks and of schedules. */
final class EventStrategies {
    /** Stands where a strategy could not be read; the document is refused anyway. */
    static final EventStrategy UNREADABLE = new EventStrategy.Any(List.of(), null);

    private static final String EXPECTED = "an object with one of one, any and all";
    private static final List<String> FORMS = List.of("one", "any", "all");
    private static final List<String> READS = List.of("data", "envelope", "raw");

    private final Expressions expressions;
    private final EventFilters filters;

    EventStrategies(Expressions expressions) {
        this.expressions = expressions;
        this.filters = new EventFilters(expressions);
    }

    /** What {@code read} says beside a strategy. */
    static Optional<EventRead> read(Fields owner) {
        return owner.optional("read")
                .flatMap(each -> each.word(READS))
                .map(word -> EventRead.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    EventStrategy read(Part part, VisibleNames names, Moment moment) {
        return read(part, names, moment, true);
    }

    private EventStrategy read(Part part, VisibleNames names, Moment moment, boolean mayHaveUntil) {
        Fields fields = part.fields(EXPECTED);
        List<String> forms = fields.names().stream().filter(FORMS::contains).toList();
        Optional<Part> one = fields.optional("one");
        Optional<Part> any = fields.optional("any");
        Optional<Part> all = fields.optional("all");
        Optional<Part> until = any.isPresent() ? fields.optional("until") : Optional.empty();
        boolean hasUnknown = !fields.finish();
        if (forms.size() != 1) {
            if (fields.isReadable() && !(hasUnknown && forms.isEmpty())) {
                part.invalid("Expected " + EXPECTED + ", but found "
                        + (forms.isEmpty() ? "none of them" : String.join(" and ", forms)));
            }
            return UNREADABLE;
        }
        if (one.isPresent()) {
            return new EventStrategy.One(filters.read(one.get(), names, moment));
        }
        if (all.isPresent()) {
            return new EventStrategy.All(filters(all.get(), names, moment));
        }
        List<EventFilter> anyOf = any.map(each -> filters(each, names, moment)).orElse(List.of());
        Optional<Until> end = until.flatMap(each -> until(each, names, moment, mayHaveUntil));
        return new EventStrategy.Any(anyOf, end.orElse(null));
    }

    private Optional<Until> until(Part part, VisibleNames names, Moment moment, boolean isAllowed) {
        if (!isAllowed) {
            part.report()
                    .errorAtKey(
                            part.pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected no \"until\" inside of an \"until\", but found one");
            return Optional.empty();
        }
        if (part.value().isTextual()) {
            return Optional.of(new Until.Condition(expressions.always(part, names, moment)));
        }
        if (!part.value().isObject()) {
            part.wrongType("a text with a jq expression, or " + EXPECTED);
            return Optional.empty();
        }
        return Optional.of(new Until.Events(read(part, names, moment, false)));
    }

    private List<EventFilter> filters(Part part, VisibleNames names, Moment moment) {
        return part.items("a list of filters, each an object with the property with").stream()
                .map(each -> filters.read(each, names, moment))
                .toList();
    }
}
