package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.ErrorSpec;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.util.Optional;

/** {@code raise}: an error. */
record RaiseKind(Expressions expressions) implements TaskKind {
    private static final String EXPECTED = "an object with error";
    private static final ErrorSpec UNREADABLE = new ErrorSpec(
            Template.constant(Json.NODES.textNode(StandardError.RUNTIME.type())),
            StandardError.RUNTIME.status(),
            null,
            null,
            null);

    @Override
    public String key() {
        return "raise";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Fields raise = fields.required("raise", EXPECTED).orElseThrow().fields(EXPECTED);
        Optional<Part> error = raise.required("error", "the error to raise");
        raise.finish();
        return new RaiseTask(common, error.map(each -> error(each, scope)).orElse(UNREADABLE));
    }

    private ErrorSpec error(Part part, TaskScope scope) {
        if (part.value().isTextual()) {
            part.notSupportedYet("the name of an error of \"use.errors\"");
            return UNREADABLE;
        }
        Fields fields = part.fields("an object with type and status");
        Optional<Template> type = fields.required("type", "a URI for the kind of error")
                .flatMap(each -> text(each, scope, "a text with the URI of the kind of error"));
        int status = fields.required("status", "a number as of HTTP")
                .map(each -> each.integer("a whole number from 100 to 599, as of HTTP", 100, 599)
                        .orElse(0))
                .orElse(0);
        Optional<Template> instance =
                fields.optional("instance").flatMap(each -> text(each, scope, "a text with a JSON pointer"));
        Optional<Template> title = fields.optional("title").flatMap(each -> text(each, scope, "a text"));
        Optional<Template> detail = fields.optionalOf("detail", "details").flatMap(each -> text(each, scope, "a text"));
        fields.finish();
        return new ErrorSpec(
                type.orElse(UNREADABLE.type()), status, instance.orElse(null), title.orElse(null), detail.orElse(null));
    }

    private Optional<Template> text(Part part, TaskScope scope, String expected) {
        return part.text(expected).map(any -> expressions.value(part, scope.names(), Moment.DEFINITION));
    }
}
