package io.orquestrax.dsl.plan;

import java.util.List;

/**
 * Tasks that follow each other, and the scope of their names.
 *
 * @param pointer JSON pointer of the list, {@code /do} for the outermost
 */
public record TaskList(String pointer, List<Task> tasks) {

    public TaskList {
        tasks = List.copyOf(tasks);
    }

    /** The position of the task with this name, or -1. */
    public int indexOf(String name) {
        for (int index = 0; index < tasks.size(); index++) {
            if (tasks.get(index).common().name().equals(name)) {
                return index;
            }
        }
        return -1;
    }
}
