package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled definition: every name resolved, every expression compiled.
 *
 * @param contentHash SHA-256 of the source text, lower-case hex
 * @param document the parsed document, what {@code $workflow.definition} shows
 * @param schedule absent where instances are only started by somebody
 * @param tasks the outermost list, at {@code /do}
 * @param byPointer every task under its JSON pointer
 */
public record Plan(
        DefinitionId id,
        String contentHash,
        String title,
        String summary,
        JsonNode document,
        InputSpec input,
        OutputSpec output,
        @Nullable DurationSpec timeout,
        @Nullable ScheduleSpec schedule,
        TaskList tasks,
        Map<String, Task> byPointer) {

    public Plan {
        byPointer = Map.copyOf(byPointer);
    }

    public static Plan of(
            DefinitionId id,
            String contentHash,
            String title,
            String summary,
            JsonNode document,
            InputSpec input,
            OutputSpec output,
            @Nullable DurationSpec timeout,
            @Nullable ScheduleSpec schedule,
            TaskList tasks) {
        Map<String, Task> byPointer = new HashMap<>();
        collect(tasks, byPointer);
        return new Plan(id, contentHash, title, summary, document, input, output, timeout, schedule, tasks, byPointer);
    }

    /**
     * @throws IllegalArgumentException if no task stands there, which only a history of another definition can cause
     */
    public Task task(String pointer) {
        Task task = byPointer.get(pointer);
        if (task == null) {
            throw new IllegalArgumentException("Expected a task at " + pointer + " of " + id + ", but there is none");
        }
        return task;
    }

    private static void collect(TaskList list, Map<String, Task> byPointer) {
        for (Task task : list.tasks()) {
            // The body of a function is in the lists of all its calls, which may call each other many times.
            if (byPointer.putIfAbsent(task.pointer(), task) == null) {
                List<TaskList> inner = task.lists();
                inner.forEach(each -> collect(each, byPointer));
            }
        }
    }
}
