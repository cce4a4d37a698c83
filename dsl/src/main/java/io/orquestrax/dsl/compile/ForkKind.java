package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.plan.ForkTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;

/** {@code fork}: tasks that run at the same time. */
record ForkKind(TaskLists lists) implements TaskKind {
    private static final String EXPECTED = "an object with branches";

    @Override
    public String key() {
        return "fork";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Fields fork = fields.required("fork", EXPECTED).orElseThrow().fields(EXPECTED);
        fields.belongUnder("fork", "branches", "compete");
        TaskList branches = fork.required("branches", TaskLists.EXPECTED)
                .map(each -> lists.branches(each, scope.names()))
                .orElse(TaskLists.none(common, "fork/branches"));
        boolean compete = fork.optional("compete")
                .flatMap(each -> each.truth("true or false"))
                .orElse(false);
        fork.finish();
        return new ForkTask(common, branches, compete);
    }
}
