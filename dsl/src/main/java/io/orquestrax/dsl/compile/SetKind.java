package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.plan.SetTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;

/** {@code set}: an expression in a text, or an object whose texts may be some. */
record SetKind(Expressions expressions) implements TaskKind {
    private static final String EXPECTED = "an object, or a text with a jq expression";

    @Override
    public String key() {
        return "set";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part value = fields.required("set", EXPECTED).orElseThrow();
        if (value.value().isObject() && value.value().isEmpty()) {
            value.invalid("Expected an object with at least one property, but found an empty one");
        }
        return new SetTask(common, expressions.textOrObject(value, scope.names(), Moment.DEFINITION, EXPECTED));
    }
}
