package io.orquestrax.dsl.plan;

import java.util.List;

/**
 * Runs its branches at the same time.
 *
 * @param branches each of its tasks is a branch; there is no flow between them
 * @param compete whether the first branch to complete wins, and the others are cancelled
 */
public record ForkTask(TaskCommon common, TaskList branches, boolean compete) implements Task {

    @Override
    public String kind() {
        return "fork";
    }

    @Override
    public List<TaskList> lists() {
        return List.of(branches);
    }
}
