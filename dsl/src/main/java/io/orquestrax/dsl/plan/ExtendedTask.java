package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with an extension around it. The extension's lists see the extended task as {@code $task} and its raw input
 * as their data; they leave the data that flows through the extended task alone, unless {@code before} ends with
 * {@code exit}: then the extended task is not run, and the last output of {@code before} is the output.
 *
 * <p>Several extensions of a task stand inside of each other, the first that was declared outermost. Where a case of an
 * extended switch, or the catch of an extended try, says where the flow goes, this is said of the outermost wrapper: the
 * names are those of its list.
 *
 * @param common name, {@code then} and index of the extended task (of an inner wrapper: continue and 0); its pointer is the extension's own pointer followed
 *     by the extended task's; no condition, data flow or timeout of its own
 * @param when absent where the extension always applies
 * @param before may be empty; at {@code /use/extensions/0/NAME/before}, shared by all tasks that are extended
 * @param extended a list of one: the task itself, or the next wrapper; its {@code then} is {@code continue}, its index 0
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
