package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;
import org.jspecify.annotations.Nullable;

/** How a task's output becomes the new {@code $context}, which it replaces. */
public record ExportSpec(@Nullable Template as, @Nullable Schema schema) {
    public static final ExportSpec NONE = new ExportSpec(null, null);
}
