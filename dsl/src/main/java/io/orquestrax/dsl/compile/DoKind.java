package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.plan.DoTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;

/** {@code do}: a list of tasks. */
record DoKind(TaskLists lists) implements TaskKind {

    @Override
    public String key() {
        return "do";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part list = fields.required("do", TaskLists.EXPECTED).orElseThrow();
        return new DoTask(common, lists.read(list, scope.names()));
    }
}
