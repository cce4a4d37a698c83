package io.orquestrax.dsl.plan;

/** Waits for a time. */
public record WaitTask(TaskCommon common, DurationSpec duration) implements Task {

    @Override
    public String kind() {
        return "wait";
    }
}
