package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that does something with each message ({@code call: asyncapi} with {@code subscription.foreach}). Jobs
 * bring messages, as many at a time as may be consumed whatever the list does; their output is {@code {"messages": […],
 * "over": …}}.
 *
 * @param arguments of all those jobs, evaluated once; {@code with.subscription} gets a member {@code foreach} that says how
 *     far the task is
 * @param fetch a list of one call, the jobs' task, whose arguments are its input
 * @param goesOn the {@code while}, which looks at the array of all messages after each; absent where there is none
 * @param ends the {@code until}, which looks at it before the next
 */
public record SubscriptionTask(
        TaskCommon common,
        Template arguments,
        TaskList fetch,
        @Nullable Expression goesOn,
        @Nullable Expression ends,
        ForeachSpec foreach)
        implements Task {

    /** What {@link #kind} answers. */
    public static final String KIND = "subscription";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<TaskList> lists() {
        return List.of(fetch, foreach.tasks());
    }
}
