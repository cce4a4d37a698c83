package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with an extension around it. The extension's lists see the extended task as {@code $task} and its raw input
 * as their data; they leave the data that flows through the extended task alone, unless {@code before} ends with
 * {@code exit}: then the extended task is not run, and the last output of {@code before} is the output.
 *
 * @param common name, {@code then} and index of the extended task; its pointer is the extension's own pointer followed
 *     by the extended task's; no condition, data flow or timeout of its own
 * @param when absent where the extension always applies
 * @param before may be empty; at {@code /use/extensions/0/NAME/before}, shared by all tasks that are extended
 * @param extended a list of one: the task itself, whose {@code then} is {@code continue}
 * @param after may be empty
 */
public record ExtendedTask(
        TaskCommon common, @Nullable Expression when, TaskList before, TaskList extended, TaskList after)
        implements Task {

    @Override
    public String kind() {
        return "extension";
    }

    @Override
    public List<TaskList> lists() {
        return List.of(before, extended, after);
    }
}
