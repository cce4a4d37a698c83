package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;
import org.jspecify.annotations.Nullable;

/**
 * Starts an instance of another definition.
 *
 * @param version absent for the highest that is deployed when the task runs
 * @param input what the child is started with; the transformed input where the author gave none
 * @param await whether the child's end is waited for; its output is then the task's
 */
public record RunWorkflowTask(
        TaskCommon common,
        String namespace,
        String workflow,
        @Nullable String version,
        Template input,
        boolean await) implements Task {

    @Override
    public String kind() {
        return "run";
    }
}
