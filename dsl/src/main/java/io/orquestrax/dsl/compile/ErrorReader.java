package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.ErrorSpec;
import io.orquestrax.dsl.plan.StandardError;
import java.util.Optional;

/** Reads errors to raise, and names of errors of {@code use.errors}. */
record ErrorReader(Expressions expressions, Definitions definitions) {
    /** Stands where an error could not be read; the document is refused anyway. */
    static final ErrorSpec UNREADABLE = new ErrorSpec(
            Template.constant(Json.NODES.textNode(StandardError.RUNTIME.type())),
            StandardError.RUNTIME.status(),
            null,
            null,
            null);

    ErrorSpec read(Part part, VisibleNames names) {
        if (part.value().isTextual()) {
            return definitions
                    .find(Section.ERRORS, part)
                    .map(each -> error(each, names))
                    .orElse(UNREADABLE);
        }
        return error(part, names);
    }

    /** What nobody raises is judged too. */
    void checkUnused() {
        definitions.unused(Section.ERRORS).forEach(each -> error(each, VisibleNames.NONE));
    }

    private ErrorSpec error(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with type and status");
        Optional<Template> type = fields.required("type", "a URI for the kind of error")
                .flatMap(each -> text(each, names, "a text with the URI of the kind of error"));
        int status = fields.required("status", "a number as of HTTP")
                .map(each -> each.integer("a whole number from 100 to 599, as of HTTP", 100, 599)
                        .orElse(0))
                .orElse(0);
        Optional<Template> instance =
                fields.optional("instance").flatMap(each -> text(each, names, "a text with a JSON pointer"));
        Optional<Template> title = fields.optional("title").flatMap(each -> text(each, names, "a text"));
        Optional<Template> detail = fields.optionalOf("detail", "details").flatMap(each -> text(each, names, "a text"));
        fields.finish();
        return new ErrorSpec(
                type.orElse(UNREADABLE.type()), status, instance.orElse(null), title.orElse(null), detail.orElse(null));
    }

    private Optional<Template> text(Part part, VisibleNames names, String expected) {
        return part.text(expected).map(any -> expressions.value(part, names, Moment.DEFINITION));
    }
}
