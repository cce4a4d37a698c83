package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;

/**
 * Calls a function that workers serve, or a protocol that a connector serves: its name is the job's type.
 *
 * @param arguments the {@code with}; the transformed input where there is none. What only the executing side may know
 *     (secrets) stands in it as a deferred expression
 */
public record CallTask(TaskCommon common, String function, Template arguments, JobLimits limits) implements Task {

    @Override
    public String kind() {
        return "call";
    }
}
