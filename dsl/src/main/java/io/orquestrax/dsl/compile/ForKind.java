package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.ForTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;
import java.util.Optional;

/** {@code for}: a list of tasks for each item. */
record ForKind(Expressions expressions, TaskLists lists) implements TaskKind {
    private static final String EXPECTED = "an object with in, which says what to go through";
    private static final String ITEMS = "a text with a jq expression that gives a list, or a list";

    @Override
    public String key() {
        return "for";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Fields loop = fields.required("for", EXPECTED).orElseThrow().fields(EXPECTED);
        fields.belongUnder("for", "each", "in", "at");
        loop.belongBeside("for", "while", "do");
        IterationNames variables = IterationNames.read(loop, "each");
        Template in = loop.required("in", "what to go through")
                .map(each -> in(each, scope))
                .orElse(Template.of(ExpressionCompiler.NULL));
        loop.finish();
        VisibleNames names = scope.names().with(variables.item()).with(variables.at());
        Optional<Expression> condition =
                fields.optional("while").map(each -> expressions.always(each, names, Moment.DEFINITION));
        TaskList tasks = fields.required("do", TaskLists.EXPECTED)
                .map(each -> lists.read(each, names))
                .orElse(TaskLists.none(common, "do"));
        return new ForTask(common, variables.item(), variables.at(), in, condition.orElse(null), tasks);
    }

    private Template in(Part part, TaskScope scope) {
        if (part.value().isArray()) {
            return expressions.value(part, scope.names(), Moment.DEFINITION);
        }
        if (!part.value().isTextual()) {
            part.wrongType(ITEMS);
        }
        return part.value().isTextual()
                ? Template.of(expressions.always(part, scope.names(), Moment.DEFINITION))
                : Template.of(ExpressionCompiler.NULL);
    }
}
