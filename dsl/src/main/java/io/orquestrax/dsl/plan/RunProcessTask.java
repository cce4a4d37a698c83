package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;

/**
 * Runs a shell command, a script or a container: a job for a connector.
 *
 * @param process the DSL's word for what runs, which is the job's type
 * @param arguments in the form that {@code DeferredValues} describes
 */
public record RunProcessTask(TaskCommon common, String process, Template arguments, JobLimits limits) implements Task {

    @Override
    public String kind() {
        return "run";
    }
}
