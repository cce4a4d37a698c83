package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;

/** Its value replaces the data. */
public record SetTask(TaskCommon common, Template value) implements Task {

    @Override
    public String kind() {
        return "set";
    }
}
