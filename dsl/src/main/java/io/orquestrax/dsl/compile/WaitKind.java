package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.WaitTask;

/** {@code wait}: a duration. */
record WaitKind(DurationReader durations) implements TaskKind {

    @Override
    public String key() {
        return "wait";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part duration = fields.required("wait", DurationReader.EXPECTED).orElseThrow();
        return new WaitTask(common, durations.read(duration, scope.names(), Moment.DEFINITION));
    }
}
