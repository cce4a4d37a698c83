package io.orquestrax.dsl.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for events. Its output is the array of what was consumed, in the order of consumption. */
public record ListenTask(
        TaskCommon common,
        EventStrategy to,
        EventRead read,
        @Nullable ForeachSpec foreach) implements Task {

    @Override
    public String kind() {
        return "listen";
    }

    @Override
    public List<TaskList> lists() {
        return foreach == null ? List.of() : List.of(foreach.tasks());
    }
}
