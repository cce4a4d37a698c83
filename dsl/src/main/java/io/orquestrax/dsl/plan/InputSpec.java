package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;
import org.jspecify.annotations.Nullable;

/** How raw input is checked and turned into what the task works on. */
public record InputSpec(@Nullable Schema schema, @Nullable Template from) {
    public static final InputSpec NONE = new InputSpec(null, null);
}
