package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses where the flow goes: the first case that holds, else the one without a condition, else its own then. */
public record SwitchTask(TaskCommon common, List<Case> cases) implements Task {

    public SwitchTask {
        cases = List.copyOf(cases);
    }

    /**
     * @param when absent for the default, whatever its position
     */
    public record Case(String name, @Nullable Expression when, Directive then) {}

    @Override
    public String kind() {
        return "switch";
    }
}
