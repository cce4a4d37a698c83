package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.SwitchTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code switch}: a list of named cases. */
record SwitchKind(Expressions expressions) implements TaskKind {
    private static final String EXPECTED = "a list of cases, each an object with one name";

    @Override
    public String key() {
        return "switch";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part list = fields.required("switch", EXPECTED).orElseThrow();
        if (list.value().isArray() && list.value().isEmpty()) {
            list.invalid("Expected at least one case, but found an empty list");
        }
        List<SwitchTask.Case> cases = new ArrayList<>();
        for (Part item : list.items(EXPECTED)) {
            readCase(item, scope).ifPresent(each -> {
                if (each.when() == null && cases.stream().anyMatch(earlier -> earlier.when() == null)) {
                    severalDefaults(item.member(each.name()));
                }
                cases.add(each);
            });
        }
        return new SwitchTask(common, cases);
    }

    private Optional<SwitchTask.Case> readCase(Part item, TaskScope scope) {
        Fields named = item.fields("a case: an object with one name");
        if (named.names().size() != 1) {
            if (named.isReadable()) {
                item.invalid("Expected one case in each item of the list, but found "
                        + named.names().size());
            }
            return Optional.empty();
        }
        String name = named.names().getFirst();
        Fields fields = item.member(name).fields("an object with when and then");
        Optional<Expression> when =
                fields.optional("when").map(each -> expressions.always(each, scope.names(), Moment.DEFINITION));
        Directive then = fields.required("then", "which says where the flow goes")
                .map(each -> Directives.read(each, scope))
                .orElse(Directive.CONTINUE);
        // Where there is something that is not known, it may be the condition.
        Expression unread = fields.finish() ? null : ExpressionCompiler.NULL;
        return Optional.of(new SwitchTask.Case(name, when.orElse(unread), then));
    }

    private static void severalDefaults(Part part) {
        part.report()
                .errorAtKey(
                        part.pointer(),
                        ProblemCode.SEVERAL_DEFAULTS,
                        "Expected one default case, without \"when\", at most, but found another");
    }
}
