package io.orquestrax.dsl.plan;

import java.util.ArrayList;
import java.util.List;

/** Runs its list, and handles the errors that it catches. */
public record TryTask(TaskCommon common, TaskList tasks, CatchSpec catches) implements Task {

    @Override
    public String kind() {
        return "try";
    }

    @Override
    public List<TaskList> lists() {
        List<TaskList> lists = new ArrayList<>();
        lists.add(tasks);
        TaskList handler = catches.tasks();
        if (handler != null) {
            lists.add(handler);
        }
        return lists;
    }
}
