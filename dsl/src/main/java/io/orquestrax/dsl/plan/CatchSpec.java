package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Which errors a try task catches, and what it does then: retries first; when they are used up, its list; and
 * without a list, it goes on.
 *
 * @param filter absent where every error passes
 * @param as the variable that holds the error, without the dollar sign
 * @param tasks the {@code catch.do}
 * @param then overrides the try task's own then on the error's path
 */
public record CatchSpec(
        @Nullable ErrorFilter filter,
        String as,
        @Nullable Expression when,
        @Nullable Expression exceptWhen,
        @Nullable RetrySpec retry,
        @Nullable TaskList tasks,
        @Nullable Directive then) {}
