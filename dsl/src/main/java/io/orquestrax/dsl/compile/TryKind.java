package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.plan.CatchSpec;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.ErrorFilter;
import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.dsl.plan.TryTask;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code try}: a list of tasks, and what to do about their errors. */
record TryKind(Expressions expressions, RetryReader retries, TaskLists lists) implements TaskKind {
    static final String DEFAULT_NAME = "error";
    private static final String CATCH = "an object that says what to do about errors";
    private static final CatchSpec NO_CATCH = new CatchSpec(null, DEFAULT_NAME, null, null, null, null, null);

    @Override
    public String key() {
        return "try";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part list = fields.required("try", TaskLists.EXPECTED).orElseThrow();
        fields.belongUnder("catch", "errors", "as", "retry", "when", "exceptWhen");
        TaskList tasks = lists.read(list, scope.names());
        CatchSpec catches = fields.required("catch", CATCH)
                .map(each -> catches(each, scope))
                .orElse(NO_CATCH);
        return new TryTask(common, tasks, catches);
    }

    private CatchSpec catches(Part part, TaskScope scope) {
        Fields fields = part.fields(CATCH);
        fields.belongUnder("retry", "delay", "backoff", "limit", "jitter");
        fields.belongUnder("errors", "with");
        fields.belongUnder("errors.with", "type", "status", "instance", "title", "detail");
        Optional<ErrorFilter> filter = fields.optional("errors").flatMap(TryKind::errors);
        String as = fields.optional("as").flatMap(VariableName::read).orElse(DEFAULT_NAME);
        VisibleNames names = scope.names().with(as);
        Optional<Expression> when =
                fields.optional("when").map(each -> expressions.always(each, names, Moment.DEFINITION));
        Optional<Expression> exceptWhen =
                fields.optional("exceptWhen").map(each -> expressions.always(each, names, Moment.DEFINITION));
        Optional<RetrySpec> retry = fields.optional("retry").flatMap(each -> retries.read(each, names, scope.names()));
        Optional<TaskList> tasks = fields.optional("do").map(each -> lists.read(each, names));
        Optional<Directive> then = fields.optional("then").map(each -> Directives.read(each, scope));
        fields.finish();
        return new CatchSpec(
                filter.orElse(null),
                as,
                when.orElse(null),
                exceptWhen.orElse(null),
                retry.orElse(null),
                tasks.orElse(null),
                then.orElse(null));
    }

    private static Optional<ErrorFilter> errors(Part part) {
        Fields fields = part.fields("an object with the property with");
        fields.belongUnder("with", "type", "status", "instance", "title", "detail");
        Optional<ErrorFilter> filter = fields.optional("with").map(TryKind::filter);
        fields.finish();
        return filter;
    }

    private static ErrorFilter filter(Part part) {
        Fields fields = part.fields("an object with type, status, instance, title or detail");
        if (fields.isReadable() && fields.isEmpty()) {
            part.invalid("Expected at least one of type, status, instance, title and detail, but found none");
        }
        ErrorFilter filter = new ErrorFilter(
                literal(fields.optional("type")),
                fields.optional("status").flatMap(TryKind::status).orElse(null),
                literal(fields.optional("instance")),
                literal(fields.optional("title")),
                literal(fields.optionalOf("detail", "details")));
        fields.finish();
        return filter;
    }

    private static Optional<Integer> status(Part part) {
        return part.integer("a whole number from 0 to 999", 0, 999).stream()
                .boxed()
                .findFirst();
    }

    private static @Nullable String literal(Optional<Part> part) {
        return part.flatMap(each -> each.text("a text")).orElse(null);
    }
}
