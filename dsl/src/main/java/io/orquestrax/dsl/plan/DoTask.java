package io.orquestrax.dsl.plan;

import java.util.List;

/** Runs its list. */
public record DoTask(TaskCommon common, TaskList tasks) implements Task {

    @Override
    public String kind() {
        return "do";
    }

    @Override
    public List<TaskList> lists() {
        return List.of(tasks);
    }
}
