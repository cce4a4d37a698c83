package io.orquestrax.dsl.plan;

/** Raises an error. */
public record RaiseTask(TaskCommon common, ErrorSpec error) implements Task {

    @Override
    public String kind() {
        return "raise";
    }
}
