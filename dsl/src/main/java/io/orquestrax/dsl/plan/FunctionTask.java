package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;
import java.util.List;

/**
 * Calls a function of {@code use.functions}, which is a task: the arguments are its raw input, its transformed output
 * is this task's raw output.
 *
 * @param arguments the {@code with}; the transformed input where there is none
 * @param body the one task, at {@code /use/functions/NAME}; all calls of a function share it
 */
public record FunctionTask(TaskCommon common, Template arguments, TaskList body) implements Task {

    @Override
    public String kind() {
        return "call";
    }

    @Override
    public List<TaskList> lists() {
        return List.of(body);
    }
}
