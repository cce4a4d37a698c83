package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;

/** Reads what is particular to one kind of task; one implementation for each. */
interface TaskKind {

    /** The property that tells the kind. */
    String key();

    /**
     * Reads the properties that are not common to all tasks, and records what is wrong with them.
     *
     * @param fields of the task, the discriminating key among them
     */
    Task read(Fields fields, TaskCommon common, TaskScope scope);
}
