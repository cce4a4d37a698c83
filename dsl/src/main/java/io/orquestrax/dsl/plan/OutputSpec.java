package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;
import org.jspecify.annotations.Nullable;

/** How raw output is turned into what the task hands on, and checked. */
public record OutputSpec(@Nullable Template as, @Nullable Schema schema) {
    public static final OutputSpec NONE = new OutputSpec(null, null);
}
