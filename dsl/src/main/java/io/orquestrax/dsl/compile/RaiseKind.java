package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.plan.ErrorSpec;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;

/** {@code raise}: an error. */
record RaiseKind(ErrorReader errors) implements TaskKind {
    private static final String EXPECTED = "an object with error";

    @Override
    public String key() {
        return "raise";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Fields raise = fields.required("raise", EXPECTED).orElseThrow().fields(EXPECTED);
        fields.belongUnder("raise", "error");
        raise.belongUnder("error", "type", "status", "instance", "title", "detail");
        ErrorSpec error = raise.required("error", "the error to raise")
                .map(each -> errors.read(each, scope.names()))
                .orElse(ErrorReader.UNREADABLE);
        raise.finish();
        return new RaiseTask(common, error);
    }
}
