package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs its list once for each item; iterations chain.
 *
 * @param each the variable that holds the item, without the dollar sign
 * @param at the variable that holds the item's index, from 0
 * @param in what to go through, evaluated once on the transformed input
 * @param condition the {@code while}, tested before each iteration
 */
public record ForTask(
        TaskCommon common,
        String each,
        String at,
        Template in,
        @Nullable Expression condition,
        TaskList tasks) implements Task {

    @Override
    public String kind() {
        return "for";
    }

    @Override
    public List<TaskList> lists() {
        return List.of(tasks);
    }
}
