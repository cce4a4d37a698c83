package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.plan.DoTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;
import java.util.List;

/**
 * A kind of task that the DSL has and this version has not: it is named, and what stands inside it is not judged.
 *
 * @param otherKeys the properties that belong to it beside its key
 */
record UnsupportedKind(String key, List<String> otherKeys) implements TaskKind {

    static UnsupportedKind of(String key, String... otherKeys) {
        return new UnsupportedKind(key, List.of(otherKeys));
    }

    /** The task only keeps the place, so that its neighbours are judged as usual; the document is refused. */
    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        fields.notSupportedYet(key);
        otherKeys.forEach(fields::allow);
        return new DoTask(common, new TaskList(common.pointer() + "/" + key, List.of()));
    }
}
