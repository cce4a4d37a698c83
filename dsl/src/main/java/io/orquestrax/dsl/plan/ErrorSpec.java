package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;
import org.jspecify.annotations.Nullable;

/** An error to raise; its texts may be expressions. */
public record ErrorSpec(
        Template type,
        int status,
        @Nullable Template instance,
        @Nullable Template title,
        @Nullable Template detail) {}
