package io.orquestrax.dsl.plan;

import java.util.List;

/** A node of a definition. */
public sealed interface Task
        permits CallTask,
                DoTask,
                EmitTask,
                ExtendedTask,
                ForTask,
                ForkTask,
                FunctionTask,
                ListenTask,
                RaiseTask,
                RunProcessTask,
                RunWorkflowTask,
                SetTask,
                SubscriptionTask,
                SwitchTask,
                TryTask,
                WaitTask {

    TaskCommon common();

    /** The DSL's word for it: {@code call}, {@code do}, {@code set} … */
    String kind();

    /** The lists inside it, in the document's order. */
    default List<TaskList> lists() {
        return List.of();
    }

    default String name() {
        return common().name();
    }

    /** RFC 6901, with index and name: {@code /do/0/ingest}. */
    default String pointer() {
        return common().pointer();
    }
}
